using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Telemetry;
using Xunit;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>Telemetry that nobody listens to costs nothing.</summary>
[Collection(Alone.Name)]
public sealed class TelemetryAllocationTests
{
    [Fact]
    public async Task EverythingASendAsksOfTelemetry_WithoutAListener_AllocatesNothing()
    {
        await using ServiceProvider provider = TestHost.Create();
        var telemetry = provider.GetRequiredService<WebhookTelemetry>();
        Action send = SendOf(telemetry);

        long without = Allocations.OnceWarm(send);
        using var heard = new HeardMetrics(provider);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Webhooks.Sdk",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        long with = Allocations.OnceWarm(send);

        Assert.Equal(0, without);
        Assert.True(with > 0);
    }

    private static Action SendOf(WebhookTelemetry telemetry)
    {
        var endpoint = new WebhookEndpoint("https://acme.example/hooks");
        WebhookRequest request = endpoint.Compose(WebhookEvent.For("invoice.paid").WithJson("1"u8).Build());
        var attempt = new WebhookAttempt(1, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 200, WebhookFailure.None, error: null);
        var result = new WebhookResult(WebhookFailure.None, [attempt], "", [], retryAfter: null);

        return () =>
        {
            // As the client and the attempt do.
            Activity? span = WebhookTelemetry.IsTraced ? WebhookTelemetry.StartSend(request) : null;

            if (telemetry.IsObserved)
            {
                telemetry.EndAttempt(telemetry.StartAttempt(request, endpoint, 1), request, endpoint, attempt);
            }

            telemetry.AttemptWithheld(request, endpoint, WebhookFailure.Paced);
            telemetry.Settled(request, result);
            WebhookTelemetry.EndSend(span, result);
        };
    }
}
