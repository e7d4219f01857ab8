using System;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>What an endpoint was from one change to the next.</summary>
/// <param name="Since">When the change was made.</param>
/// <param name="Settings">Its settings; null: it was not there.</param>
/// <param name="State">Whether it was worked on.</param>
internal sealed record EndpointVersion(TimeSpan Since, WebhookEndpoint? Settings, WebhookEndpointState State)
{
    public bool IsActive => Settings is not null && State == WebhookEndpointState.Active;
}
