using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// Answers that take their time.
/// </summary>
public sealed class SlowAnswerTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n";

    private static readonly ReceiverAnswer Answer = ReceiverAnswer.Status(200).WithText("abc", "text/plain");

    [Fact]
    public async Task After_Delay_PlainClientWaitsAsLong()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });
        receiver.Answers(Answer.After(TimeSpan.FromSeconds(7)));
        using HttpClient client = Clients.Plain();

        Task<string> sending = client.GetStringAsync(receiver.Url);
        await time.TimerStartedAsync(length => length == TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(6.9));
        bool waits = !sending.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(waits);
        Assert.Equal("abc", await sending);
    }

    [Theory]
    [InlineData(-1, WebhookFailure.None)]
    [InlineData(1, WebhookFailure.TimedOut)]
    public async Task After_DelayAroundTheTimeout_SdkTimesOutBeyond(int millisecondsBeyond, WebhookFailure failure)
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });
        TimeSpan delay = Clients.AttemptTimeout + TimeSpan.FromMilliseconds(millisecondsBeyond);
        receiver.Answers(Answer.After(delay));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await time.TimerStartedAsync(length => length == delay);
        time.Advance(TimeSpan.FromTicks(Math.Min(delay.Ticks, Clients.AttemptTimeout.Ticks)));

        Assert.Equal(failure, (await sending).Failure);
    }

    [Fact]
    public async Task After_Gate_PlainClientWaitsUntilItIsOpened()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.After(gate));
        using HttpClient client = Clients.Plain();

        Task<string> sending = client.GetStringAsync(receiver.Url);
        await gate.WaitForArrivalsAsync(1);
        bool waits = !sending.IsCompleted;
        gate.Open();

        Assert.True(waits);
        Assert.Equal("abc", await sending);
        Assert.Equal("abc", await client.GetStringAsync(receiver.Url));
        Assert.Equal(2, gate.Arrivals);
    }

    [Fact]
    public async Task After_GateThatStaysClosed_SdkTimesOut()
    {
        var time = new ManualTimeProvider();
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.After(gate));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await gate.WaitForArrivalsAsync(1);
        time.Advance(Clients.AttemptTimeout);

        Assert.Equal((WebhookFailure.TimedOut, null, null), (await sending).Outcome());
        await receiver.WaitForConnectionsToEndAsync(1);
    }

    [Fact]
    public async Task After_GateThenReset_BreaksWhenTheTestSaysSo()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Reset(ReceiverStage.AfterRequestBody).After(gate));
        using HttpClient client = Clients.Plain();

        Task<string> sending = client.GetStringAsync(receiver.Url);
        await gate.WaitForArrivalsAsync(1);
        bool waits = !sending.IsCompleted;
        gate.LetPass(1);

        Assert.True(waits);
        await Assert.ThrowsAsync<HttpRequestException>(() => sending);
    }

    [Fact]
    public async Task DripHeaders_Interval_EachByteOfTheHeadWaits()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });
        receiver.Answers(Answer.DripHeaders(TimeSpan.FromSeconds(1)));
        using HttpClient client = Clients.Plain();

        Task<string> sending = client.GetStringAsync(receiver.Url);
        IReadOnlyList<TimeSpan> delays = await time.RunDownDelaysAsync(sending, except: Clients.AttemptTimeout);

        Assert.Equal("abc", await sending);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(1), Head.Length), delays);
    }

    [Fact]
    public async Task DripBody_Interval_EachByteOfTheBodyWaits()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });
        receiver.Answers(Answer.DripBody(TimeSpan.FromSeconds(1)));
        using HttpClient client = Clients.Plain();

        Task<string> sending = client.GetStringAsync(receiver.Url);
        IReadOnlyList<TimeSpan> delays = await time.RunDownDelaysAsync(sending, except: Clients.AttemptTimeout);

        Assert.Equal("abc", await sending);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(1), 3), delays);
    }

    [Fact]
    public async Task DripHeaders_Interval_SdkTimesOutAlthoughSomethingAlwaysComes()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start(new() { TimeProvider = time });
        receiver.Answers(Answer.DripHeaders(TimeSpan.FromSeconds(1)));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await time.RunDownDelaysAsync(sending, except: Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.TimedOut, null, null), result.Outcome());

        // The receiver's interval moves the time on while the attempt ends.
        Assert.InRange(result.Attempts[0].Duration, Clients.AttemptTimeout, Clients.AttemptTimeout * 2);
    }

    [Fact]
    public async Task DripHeaders_Gate_WritesAsManyBytesAsItLetsPass()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.DripHeaders(gate));
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);
        gate.LetPass(4);
        string first = await client.ReadAsync(4);
        await gate.WaitForArrivalsAsync(5);
        gate.Open();
        string rest = await client.ReadAsync(Head.Length - 4 + 3);

        Assert.Equal("HTTP", first);
        Assert.Equal((Head + "abc")[4..], rest);
        Assert.Equal(Head.Length, gate.Arrivals);
    }

    [Fact]
    public async Task DripBody_Gate_PlainClientReadsByteByByte()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.DripBody(gate));
        using HttpClient client = Clients.Plain();
        byte[] buffer = new byte[8];

        await using Stream stream = await client.GetStreamAsync(receiver.Url);
        gate.LetPass(1);
        int first = await stream.ReadAsync(buffer);
        gate.LetPass(1);
        int second = await stream.ReadAsync(buffer);
        gate.Open();
        int third = await stream.ReadAsync(buffer);

        Assert.Equal((1, 1, 1), (first, second, third));
        Assert.Equal(0, await stream.ReadAsync(buffer));
    }

    [Fact]
    public async Task DripBody_Gate_SdkKeepsWhatCameInTime()
    {
        var time = new ManualTimeProvider();
        var gate = new ReceiverGate();
        var headers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.DripBody(gate));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time, builder => builder.SignalHeaders(headers));
        await headers.Task;
        await gate.WaitForArrivalsAsync(1);
        time.Advance(Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.None, 200, ""), result.Outcome());
        Assert.NotNull(result.Attempts[0].Error);
        await receiver.WaitForConnectionsToEndAsync(1);
    }

    [Fact]
    public async Task DripBody_RawAnswer_DripsAllOfIt()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Raw("abc").DripBody(gate));
        gate.Open();

        Assert.Equal("abc", await RawClient.ExchangeAsync(receiver));
        Assert.Equal(3, gate.Arrivals);
    }

    [Fact]
    public async Task Drip_ClientSendsNoMore_NobodyWaitsAtTheGate()
    {
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.DripBody(gate));
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);
        await gate.WaitForArrivalsAsync(1);
        client.EndSending();
        await receiver.WaitForConnectionsToEndAsync(1);

        Assert.Equal(1, gate.Arrivals);
    }

    [Fact]
    public async Task Status_ClientSendsNoMore_StillGetsWhatIsWrittenAtOnce()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer);
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);
        client.EndSending();

        Assert.Equal(Head + "abc", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Gate_LetPassBeforeAnybodyComes_IsRemembered()
    {
        var gate = new ReceiverGate();
        gate.LetPass(2);
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(Answer.After(gate));
        using HttpClient client = Clients.Plain();
        using var cancellation = new CancellationTokenSource();

        await client.GetStringAsync(receiver.Url);
        await client.GetStringAsync(receiver.Url);
        Task<string> third = client.GetStringAsync(receiver.Url, cancellation.Token);
        await gate.WaitForArrivalsAsync(3);
        bool waits = !third.IsCompleted;
        gate.Open();
        gate.LetPass(1);
        gate.Open();

        Assert.True(waits);
        Assert.Equal("abc", await third);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => gate.LetPass(0));
    }
}
