namespace Webhooks.Sdk.Sqlite;

/// <summary>What a batch tells of an endpoint's health.</summary>
/// <param name="HasSuccess">Whether an attempt succeeded.</param>
/// <param name="Failures">How many failures counted since then.</param>
internal readonly record struct AttemptTally(bool HasSuccess, int Failures)
{
    public AttemptTally With(StoredAttempt made, bool countsForHealth) =>
        made.Failure == WebhookFailure.None ? new AttemptTally(true, 0)
        : countsForHealth ? this with { Failures = Failures + 1 }
        : this;
}
