using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// Answers that send the client elsewhere, or keep it waiting for another: 3xx and 1xx.
/// </summary>
public sealed class DetourTests
{
    [Fact]
    public async Task Redirect_ToAnotherPath_PlainClientFollowsAndTheSdkDoesNot()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(request => request.Target == "/" ? ReceiverAnswer.Redirect("/next") : ReceiverAnswer.Status(204));
        using HttpClient client = Clients.Plain();

        using HttpResponseMessage answer = await client.GetAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal((WebhookFailure.Rejected, 302, ""), result.Outcome());
        Assert.Equal(["/", "/next", "/"], receiver.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task RedirectToItself_PlainClientGoesRoundUntilItHasEnoughAndTheSdkDoesNot()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.RedirectToItself(307));
        using var handler = new SocketsHttpHandler { MaxAutomaticRedirections = 4 };
        using var client = new HttpClient(handler);

        using HttpResponseMessage answer = await client.GetAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal((WebhookFailure.Rejected, 307, ""), result.Outcome());
        Assert.Equal(1 + 4 + 1, receiver.Requests.Count);
    }

    [Fact]
    public async Task Redirect_ToAFile_PlainClientStumblesAndTheSdkDoesNot()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Redirect("file:///etc/passwd", 301));
        using HttpClient client = Clients.Plain();

        await Assert.ThrowsAsync<UriFormatException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal((WebhookFailure.Rejected, 301, ""), result.Outcome());
        Assert.Contains(new("Location", "file:///etc/passwd"), result.ResponseHeaders);
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task SwitchingProtocols_PlainClientGetsAStreamThatIsSilentAndTheSdkRejects()
    {
        var time = new ManualTimeProvider();
        var headers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.SwitchingProtocols("websocket"));
        using HttpClient client = Clients.Plain();
        using var cancellation = new CancellationTokenSource();

        using HttpResponseMessage answer = await client.GetAsync(receiver.Url, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await answer.Content.ReadAsStreamAsync();
        Task<int> reading = stream.ReadAsync(new byte[1], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Task<WebhookResult> sending = Clients.SendAsync(receiver, time, builder => builder.SignalHeaders(headers));
        await headers.Task;
        time.Advance(Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((HttpStatusCode.SwitchingProtocols, "websocket"), (answer.StatusCode, answer.Headers.Upgrade.ToString()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal((WebhookFailure.Rejected, 101, ""), result.Outcome());
    }

    [Fact]
    public async Task WithInterim_EachClient_WaitsForTheFinalAnswer()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(201).WithInterim(102).WithInterim(103).WithText("final", "text/plain"));
        using HttpClient client = Clients.Plain();

        string text = await client.GetStringAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal("final", text);
        Assert.Equal((WebhookFailure.None, 201, "final"), result.Outcome());
    }

    [Fact]
    public async Task WithEndlessInterim_EachClient_GivesUpAfterAsMuchAsHeadersMayHave()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithEndlessInterim(103));
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.ConnectionLost, null, null), result.Outcome());
        await receiver.WaitForConnectionsToEndAsync(2);
    }

    [Fact]
    public async Task WithEndlessInterim_ByteByByte_PlainClientWaitsOnAndOnAndTheSdkTimesOut()
    {
        const int SomeOfThem = 200;
        var time = new ManualTimeProvider();
        var gate = new ReceiverGate();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithEndlessInterim(103).DripHeaders(gate));
        using HttpClient client = Clients.Plain();
        using var cancellation = new CancellationTokenSource();

        gate.LetPass(SomeOfThem);
        Task<HttpResponseMessage> plain = client.GetAsync(receiver.Url, cancellation.Token);
        await gate.WaitForArrivalsAsync(SomeOfThem + 1);
        bool waits = !plain.IsCompleted;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plain);
        await receiver.WaitForConnectionsToEndAsync(1);
        gate.LetPass(SomeOfThem);
        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await gate.WaitForArrivalsAsync((2 * SomeOfThem) + 2);
        time.Advance(Clients.AttemptTimeout);

        Assert.True(waits);
        Assert.Equal((WebhookFailure.TimedOut, null, null), (await sending).Outcome());
    }
}
