using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.AspNetCore.Tests;

public sealed class DeliveryHealthCheckTests
{
    [Fact]
    public async Task Check_DispatcherRunsAndNothingIsLate_IsHealthy()
    {
        await using SubscriptionApp app = await SubscriptionApp.StartAsync(services: builder => builder.Services.AddHealthChecks().AddWebhooks());

        HealthReportEntry entry = await CheckAsync(app.Services);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal((0L, 0.0), (entry.Data["waiting"], entry.Data["oldestDueSeconds"]));
    }

    [Theory]
    [InlineData(true, null, HealthStatus.Unhealthy)]
    [InlineData(true, HealthStatus.Degraded, HealthStatus.Degraded)]
    [InlineData(false, null, HealthStatus.Healthy)]
    public async Task Check_DispatcherDoesNotRun_FailsWhereItShould(bool shouldRun, HealthStatus? failureStatus, HealthStatus expected)
    {
        await using ServiceProvider services = Create(new MovedTime(), shouldRun, failureStatus);

        Assert.Equal(expected, (await CheckAsync(services)).Status);
    }

    [Theory]
    [InlineData(0, HealthStatus.Healthy)]
    [InlineData(59, HealthStatus.Healthy)]
    [InlineData(60, HealthStatus.Degraded)]
    [InlineData(899, HealthStatus.Degraded)]
    [InlineData(900, HealthStatus.Unhealthy)]
    public async Task Check_OldestDueDelivery_DecidesByItsAge(int seconds, HealthStatus expected)
    {
        var time = new MovedTime();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(503);
        await using ServiceProvider services = Create(time, shouldRun: false);
        await LeaveADeliveryAsync(services, receiver, time);

        time.By += TimeSpan.FromSeconds(seconds);

        HealthReportEntry entry = await CheckAsync(services);
        Assert.Equal((expected, 1L), (entry.Status, entry.Data["waiting"]));
    }

    [Fact]
    public async Task Check_OptionsThatAreSet_Hold()
    {
        var time = new MovedTime();
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        receiver.Answers(503);
        await using ServiceProvider services = Create(
            time, shouldRun: false, configure: options => (options.DegradedAfter, options.UnhealthyAfter) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)));
        await LeaveADeliveryAsync(services, receiver, time);

        time.By += TimeSpan.FromSeconds(2);
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(services)).Status);
        time.By += TimeSpan.FromSeconds(2);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(services)).Status);
    }

    [Fact]
    public void Add_OptionsThatCannotBe_SaysSo()
    {
        IHealthChecksBuilder builder = new ServiceCollection().AddHealthChecks();

        ArgumentException exception = Assert.Throws<ArgumentException>("configure", () => builder.AddWebhooks(configure: options => options.UnhealthyAfter = TimeSpan.Zero));

        Assert.StartsWith("DegradedAfter must be from zero to UnhealthyAfter, but they are 00:01:00 and 00:00:00.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseDataProtection_Secrets_AreSealedAndUnsealedByTheKeyRing()
    {
        await using ServiceProvider services = new ServiceCollection().AddWebhooks().UseDataProtection().Services.BuildServiceProvider();
        var sealer = services.GetRequiredService<IWebhookSealer>();

        byte[] sealedBytes = sealer.Seal("secret"u8, "endpoint:a");

        Assert.True(sealer.TryUnseal(sealedBytes, "endpoint:a", out byte[]? clear));
        Assert.Equal("secret"u8.ToArray(), clear);
        Assert.False(sealer.TryUnseal(sealedBytes, "endpoint:b", out _));
        Assert.False(sealer.TryUnseal([.. sealedBytes[..^1], (byte)~sealedBytes[^1]], "endpoint:a", out _));
        Assert.False(sealer.TryUnseal([], "endpoint:a", out _));
        Assert.Equal(-1, sealedBytes.AsSpan().IndexOf("secret"u8));
    }

    private static ServiceProvider Create(
        TimeProvider time, bool shouldRun, HealthStatus? failureStatus = null, Action<WebhookHealthCheckOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging();
        services.AddHealthChecks().AddWebhooks(failureStatus: failureStatus, configure: configure);
        services.AddWebhooks(options => options.AllowLoopback = true).ConfigureOutbox(outbox => outbox.RunDispatcher = shouldRun);
        return services.BuildServiceProvider();
    }

    /// <summary>Attempts a delivery once, in vain, and moves the time to when it is due again.</summary>
    private static async Task LeaveADeliveryAsync(ServiceProvider services, WebhookReceiver receiver, MovedTime time)
    {
        var endpoint = new WebhookEndpoint(receiver.Url) { Schedule = RetrySchedule.Of(TimeSpan.FromHours(1), TimeSpan.FromHours(1)).WithJitter(0) };
        await services.GetRequiredService<IWebhookSubscriptions>().AddAsync(new WebhookSubscription { Id = "sub_1", EventTypes = ["*"], Endpoint = endpoint });
        await services.GetRequiredService<IWebhookPublisher>().PublishAsync(WebhookEvent.For("invoice.paid").WithJson("{}"u8).Build());
        await services.GetRequiredService<WebhookDispatcher>().DrainAsync();
        receiver.AssertSingleRequest();
        time.By += TimeSpan.FromHours(1);
    }

    private static async Task<HealthReportEntry> CheckAsync(IServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["webhooks"];

    private sealed class MovedTime : TimeProvider
    {
        private readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => _start + By;
    }
}
