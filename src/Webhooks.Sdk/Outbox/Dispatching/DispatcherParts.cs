using System;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;

namespace Webhooks.Sdk.Outbox;

/// <summary>What a dispatcher is made of.</summary>
internal sealed class DispatcherParts(
    IWebhookStore store,
    IWebhookStoreOperations operations,
    OutboxOpening opening,
    DispatcherPresence presence,
    AttemptSender attempts,
    EndpointLanes lanes,
    IWebhookEndpoints endpoints,
    IWebhookSealer sealer,
    IOptionsMonitor<WebhookOptions> options,
    IOptionsMonitor<WebhookOutboxOptions> outboxOptions,
    TimeProvider timeProvider,
    ILogger<WebhookDispatcher> logger)
{
    public IWebhookStore Store { get; } = store;

    public IWebhookStoreOperations Operations { get; } = operations;

    public OutboxOpening Opening { get; } = opening;

    public DispatcherPresence Presence { get; } = presence;

    public AttemptSender Attempts { get; } = attempts;

    public EndpointLanes Lanes { get; } = lanes;

    public IWebhookEndpoints Endpoints { get; } = endpoints;

    public IWebhookSealer Sealer { get; } = sealer;

    public WebhookOptions Options => options.CurrentValue;

    public WebhookOutboxOptions OutboxOptions => outboxOptions.CurrentValue;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public ILogger Logger { get; } = logger;
}
