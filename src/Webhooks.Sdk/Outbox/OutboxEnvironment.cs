namespace Webhooks.Sdk.Outbox;

/// <summary>Where the application runs.</summary>
internal sealed record OutboxEnvironment(bool IsProduction);
