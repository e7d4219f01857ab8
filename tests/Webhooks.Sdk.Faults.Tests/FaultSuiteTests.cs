using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Faults.Tests.Modes;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// Everything that a receiver can do to a sender, over real sockets and through the whole pipeline.
/// </summary>
public sealed class FaultSuiteTests : IClassFixture<WarmedUpSender>
{
    // Short where the time-out is waited for, and long where it must not be what ends the attempt.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names => [.. FaultModes.All.Select(static mode => mode.Name)];

    [Fact]
    public void All_ModesOfFailing_AreManyAndDistinct()
    {
        Assert.True(FaultModes.All.Count >= 40, $"{FaultModes.All.Count} modes are too few.");
        Assert.Distinct(FaultModes.All.Select(static mode => mode.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SendAsync_ReceiverFailsInThisWay_IsAResultInTime(string name)
    {
        FaultMode mode = FaultModes.All.Single(mode => mode.Name == name);

        (WebhookResult result, TimeSpan duration) = await SendAsync(mode);

        Assert.Contains(result.Failure, new[] { mode.Failure, mode.OrElse ?? mode.Failure });
        Assert.Equal(mode.StatusCode, result.StatusCode);
        Assert.Single(result.Attempts);
        Assert.InRange(duration, TimeSpan.Zero, TimeoutOf(mode) + Grace);
    }

    [Fact]
    public async Task SendAsync_ReceiversFailInEveryWayAtOnce_LeaveNothingBehind()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> observe = (_, arguments) => unobserved.Enqueue(arguments.Exception);
        TaskScheduler.UnobservedTaskException += observe;

        try
        {
            // The first round opens what the process keeps for good: threads, pipes, caches.
            await Task.WhenAll(FaultModes.All.Select(SendAsync));
            Leftovers before = Leftovers.Count();
            await Task.WhenAll(FaultModes.All.Select(SendAsync));
            Leftovers after = await Leftovers.SettleAsync(before);

            Assert.Equal(before, after);
            Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= observe;
        }
    }

    private static TimeSpan TimeoutOf(FaultMode mode) => mode.TakesAllItsTime ? Short : Long;

    private static async Task<(WebhookResult Result, TimeSpan Duration)> SendAsync(FaultMode mode)
    {
        await using var receiver = WebhookReceiver.Start(new WebhookReceiverOptions { Certificate = mode.Certificate });
        receiver.Answers(mode.Answer);
        await using ServiceProvider provider = TestHost.Create(
            builder =>
            {
                if (mode is { Certificate: not ReceiverCertificate.None, TrustsAuthority: true })
                {
                    builder.HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler);
                }
            },
            options => (options.MaxAttempts, options.AttemptTimeout) = (1, TimeoutOf(mode)));
        WebhookRequest request = WebhookRequest.Post(receiver.Url).WithText("x", "text/plain").Build();

        long start = Stopwatch.GetTimestamp();
        WebhookResult result = await provider.Webhooks().SendAsync(request);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);

        return (result, duration);
    }
}
