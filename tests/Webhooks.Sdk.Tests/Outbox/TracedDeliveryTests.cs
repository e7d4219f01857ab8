using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests.Telemetry;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>How attempts are found from the trace in which their event was published.</summary>
public sealed class TracedDeliveryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drain_EventPublishedInATrace_LinksEveryAttemptToIt(bool enqueues)
    {
        await using var receiver = WebhookReceiver.Start();
        using var heard = new HeardActivities(receiver.Url.Port, static source => source == "Webhooks.Sdk");
        receiver.Answers(503).Then(200);
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = receiver.Url));
        await host.SubscribeAsync(receiver);
        ActivityContext trace;

        using (var publishing = new Activity("business"))
        {
            publishing.SetIdFormat(ActivityIdFormat.W3C).Start();
            trace = publishing.Context;
            await (enqueues
                ? host.Outbox.EnqueueAsync(WebhookRequest.Get(receiver.Url).WithEndpoint(host.Endpoints.Get("acme")).Build())
                : host.Publisher.PublishAsync(OutboxHost.NewEvent()));
        }

        await host.Dispatcher.DrainAsync();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));

        Activity[] attempts = [.. heard.All.Where(span => span.Links.Any(link => link.Context.SpanId == trace.SpanId))];
        Assert.Equal([1, 2], attempts.Select(span => (int)span.GetTagItem("webhooks.attempt.number")!));
        Assert.All(attempts, span => Assert.NotEqual(trace.TraceId, span.TraceId));
        Assert.All(attempts, span => Assert.Equal(trace.TraceId, span.Links.Single().Context.TraceId));
    }
}
