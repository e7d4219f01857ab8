namespace Webhooks.Sdk.Harmony;

/// <summary>
/// What the body of an answer says by itself.
/// </summary>
/// <param name="Outcome">
/// <see cref="HarmonyOutcome.Accepted"/>, <see cref="HarmonyOutcome.Rejected"/> or, when no code was found, <see cref="HarmonyOutcome.AcceptedUnconfirmed"/>.
/// </param>
/// <param name="Code">The code, or null.</param>
/// <param name="Message">What stands beside the code, never blank, or null.</param>
internal readonly record struct HarmonyReading(HarmonyOutcome Outcome, int? Code, string? Message)
{
    public static HarmonyReading OfCode(int code, string? message) =>
        new(code is 0 or 200 ? HarmonyOutcome.Accepted : HarmonyOutcome.Rejected, code, message);

    public static HarmonyReading WithoutCode(string? message) => new(HarmonyOutcome.AcceptedUnconfirmed, Code: null, message);

    public static HarmonyReading Refusal(int? code, string? message) => new(HarmonyOutcome.Rejected, code, message);
}
