namespace Webhooks.Sdk;

/// <summary>
/// Tells of an endpoint that was disabled.
/// </summary>
/// <param name="EndpointId">The id of the subscription, or the name of the endpoint.</param>
/// <param name="Owner">Whose subscription it is, or null.</param>
/// <param name="Cause">Why.</param>
public sealed record WebhookEndpointDisabled(string EndpointId, string? Owner, WebhookEndpointStateCause Cause);
