using System.Net.Http;

namespace Webhooks.Sdk.Simulation.Network;

/// <summary>What a receiver does with one request.</summary>
/// <param name="Status">What it answers; null: nothing.</param>
/// <param name="Header">A header of the answer, or null.</param>
/// <param name="Value">What it says.</param>
/// <param name="Error">How the connection ends where there is no answer; null: it never does.</param>
internal sealed record ReceiverReply(int? Status, string? Header = null, string? Value = null, HttpRequestError? Error = null)
{
    public bool IsAcceptance => Status is >= 200 and <= 299;

    public bool SaysGone => Status == 410 || Value == "disable";

    public bool IsRefusal => !IsAcceptance && !SaysGone && (Value == "abort-message" || Status is >= 300 and < 500 and not (408 or 425 or 429));

    public override string ToString() => Status is { } status ? $"{status} {Value}" : $"{Error}";
}
