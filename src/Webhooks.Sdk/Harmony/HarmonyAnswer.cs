using System.Globalization;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// What a Harmony server answered to a call, understood.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class HarmonyAnswer
{
    internal HarmonyAnswer(HarmonyOutcome outcome, int? code, string? message, WebhookResult result)
    {
        Outcome = outcome;
        Code = code;
        Message = message;
        Result = result;
    }

    /// <summary>Gets what became of the call.</summary>
    public HarmonyOutcome Outcome { get; }

    /// <summary>Gets whether the call was accepted, confirmed by a code or not.</summary>
    public bool Succeeded => Outcome is HarmonyOutcome.Accepted or HarmonyOutcome.AcceptedUnconfirmed;

    /// <summary>
    /// Gets the code in the body of the answer: <c>0</c> and <c>200</c> mean success. Null when there was none. The HTTP status is in <see cref="Result"/>.
    /// </summary>
    public int? Code { get; }

    /// <summary>
    /// Gets what the service says beside the code, success or the reason of the failure, of at most 1,024 characters; null when it says nothing.
    /// </summary>
    /// <value>
    /// The receiver's own words: they may repeat what was sent. The library never logs them.
    /// </value>
    public string? Message { get; }

    /// <summary>Gets how the call went over HTTP: the status, every attempt, the whole text of the answer.</summary>
    public WebhookResult Result { get; }

    /// <summary>Describes the answer in one line, without the receiver's text or anything secret.</summary>
    /// <returns>For example <c>Rejected, code 3 (Rejected: status 200 after 1 attempt)</c>.</returns>
    public override string ToString()
    {
        string code = Code is { } value ? string.Create(CultureInfo.InvariantCulture, $", code {value}") : "";

        return $"{Outcome}{code} ({Result})";
    }
}
