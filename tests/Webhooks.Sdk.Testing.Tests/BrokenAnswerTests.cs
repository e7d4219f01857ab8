using System;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// Connections that end, or fall silent, at each stage.
/// </summary>
public sealed class BrokenAnswerTests
{
    [Theory]
    [InlineData(ReceiverStage.OnAccept, 0)]
    [InlineData(ReceiverStage.BeforeReading, 0)]
    [InlineData(ReceiverStage.AfterRequestHeaders, 1)]
    [InlineData(ReceiverStage.AfterRequestBody, 1)]
    [InlineData(ReceiverStage.AfterStatusLine, 1)]
    [InlineData(ReceiverStage.WithinHeaders, 1)]
    [InlineData(ReceiverStage.AfterHeaders, 1)]
    [InlineData(ReceiverStage.WithinBody, 1)]
    public async Task Reset_AtEachStage_PlainClientSeesAReset(ReceiverStage stage, int requests)
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Reset(stage));
        using HttpClient client = Clients.Plain();
        using HttpRequestMessage message = receiver.Post();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(message));

        Assert.True(SocketErrorOf(exception) is SocketError.ConnectionReset or SocketError.Shutdown, exception.ToString());
        Assert.Equal(requests, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Equal(stage != ReceiverStage.AfterRequestHeaders, request.IsComplete));
    }

    [Theory]
    [InlineData(ReceiverStage.BeforeReading, WebhookFailure.ConnectionLost, null)]
    [InlineData(ReceiverStage.AfterRequestHeaders, WebhookFailure.ConnectionLost, null)]
    [InlineData(ReceiverStage.AfterRequestBody, WebhookFailure.ConnectionLost, null)]
    [InlineData(ReceiverStage.AfterStatusLine, WebhookFailure.ConnectionLost, null)]
    [InlineData(ReceiverStage.WithinHeaders, WebhookFailure.ConnectionLost, null)]
    [InlineData(ReceiverStage.AfterHeaders, WebhookFailure.None, "")]
    [InlineData(ReceiverStage.WithinBody, WebhookFailure.None, "This answer")]
    public async Task ResetAndClose_AtEachStage_SdkKnowsWhatItMeans(ReceiverStage stage, WebhookFailure failure, string? text)
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Reset(stage)).Then(ReceiverAnswer.Close(stage));

        WebhookResult reset = await Clients.SendAsync(receiver);
        WebhookResult closed = await Clients.SendAsync(receiver);

        int? statusCode = failure == WebhookFailure.None ? 200 : null;
        Assert.Equal((failure, statusCode, text), reset.Outcome());
        Assert.Equal((failure, statusCode, text), closed.Outcome());
        Assert.NotNull(Assert.Single(reset.Attempts).Error);
        Assert.NotNull(Assert.Single(closed.Attempts).Error);
        Assert.Equal(2, receiver.Connections);
    }

    // Whether the client is connected when the reset comes, or has written, is a race that both sides can win.
    [Fact]
    public async Task Reset_OnAccept_SdkTellsThatNobodyAnswered()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Reset(ReceiverStage.OnAccept));

        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.True(result.Failure is WebhookFailure.ConnectionLost or WebhookFailure.NotReceived, result.ToString());
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task Close_OnAccept_SdkTellsThatNobodyAnswered()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Close(ReceiverStage.OnAccept));

        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.True(result.Failure is WebhookFailure.ConnectionLost or WebhookFailure.NotReceived, result.ToString());
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(ReceiverStage.OnAccept)]
    [InlineData(ReceiverStage.BeforeReading)]
    [InlineData(ReceiverStage.AfterRequestHeaders)]
    [InlineData(ReceiverStage.AfterRequestBody)]
    [InlineData(ReceiverStage.AfterStatusLine)]
    [InlineData(ReceiverStage.WithinHeaders)]
    [InlineData(ReceiverStage.AfterHeaders)]
    [InlineData(ReceiverStage.WithinBody)]
    public async Task Close_AtEachStage_PlainClientSeesTheAnswerEnd(ReceiverStage stage)
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Close(stage));
        using HttpClient client = Clients.Plain();
        using HttpRequestMessage message = receiver.Post();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(message));

        Assert.Equal(HttpRequestError.ResponseEnded, HttpErrorOf(exception));
        Assert.Null(SocketErrorOf(exception));
    }

    [Fact]
    public async Task CloseAt_AfterAnswer_NextRequestNeedsANewConnection()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("whole", "text/plain").CloseAt(ReceiverStage.AfterAnswer));
        using HttpClient client = Clients.Plain();

        string first = await client.GetStringAsync(receiver.Url);
        string second = await client.GetStringAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(("whole", "whole"), (first, second));
        Assert.Equal((WebhookFailure.None, 200, "whole"), result.Outcome());
        Assert.Equal([1, 2, 3], receiver.Requests.Select(request => request.Connection));
    }

    [Fact]
    public async Task Close_SecondRequestOnAKeptConnection_PlainClientRepeatsItUnaskedAndTheSdkDoesNot()
    {
        await using var plainReceiver = WebhookReceiver.Start();
        plainReceiver.Answers(200).Then(ReceiverAnswer.Close(ReceiverStage.AfterRequestBody)).Then(200);
        await using var sdkReceiver = WebhookReceiver.Start();
        sdkReceiver.Answers(200).Then(ReceiverAnswer.Close(ReceiverStage.AfterRequestBody)).Then(200);
        using HttpClient client = Clients.Plain();
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1);
        WebhookRequest request = WebhookRequest.Get(sdkReceiver.Url).Build();

        await client.GetStringAsync(plainReceiver.Url);
        await client.GetStringAsync(plainReceiver.Url);
        WebhookResult first = await provider.Webhooks().SendAsync(request);
        WebhookResult second = await provider.Webhooks().SendAsync(request);

        Assert.Equal([1, 1, 2], plainReceiver.Requests.Select(received => received.Connection));
        Assert.Equal((WebhookFailure.None, WebhookFailure.ConnectionLost), (first.Failure, second.Failure));
        Assert.Equal([1, 1], sdkReceiver.Requests.Select(received => received.Connection));
    }

    [Theory]
    [InlineData(ReceiverStage.OnAccept)]
    [InlineData(ReceiverStage.BeforeReading)]
    [InlineData(ReceiverStage.AfterRequestHeaders)]
    [InlineData(ReceiverStage.AfterRequestBody)]
    [InlineData(ReceiverStage.AfterStatusLine)]
    [InlineData(ReceiverStage.WithinHeaders)]
    [InlineData(ReceiverStage.AfterHeaders)]
    [InlineData(ReceiverStage.WithinBody)]
    public async Task SilentAt_EachStage_PlainClientWaitsUntilItHasEnough(ReceiverStage stage)
    {
        var gate = new ReceiverGate();
        gate.Open();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("never", "text/plain").After(gate).SilentAt(stage));
        using HttpClient client = Clients.Plain();
        using HttpRequestMessage message = receiver.Post();
        using var cancellation = new CancellationTokenSource();

        Task<HttpResponseMessage> sending = client.SendAsync(message, cancellation.Token);
        await gate.WaitForArrivalsAsync(1);
        bool waits = !sending.IsCompleted;
        await cancellation.CancelAsync();

        Assert.True(waits);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData(ReceiverStage.BeforeReading)]
    [InlineData(ReceiverStage.AfterRequestHeaders)]
    [InlineData(ReceiverStage.AfterRequestBody)]
    [InlineData(ReceiverStage.AfterStatusLine)]
    [InlineData(ReceiverStage.WithinHeaders)]
    public async Task SilentAt_BeforeTheAnswerIsComplete_SdkTimesOut(ReceiverStage stage)
    {
        var time = new ManualTimeProvider();
        var gate = new ReceiverGate();
        gate.Open();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Silence().SilentAt(stage).After(gate));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await gate.WaitForArrivalsAsync(1);
        time.Advance(Clients.AttemptTimeout);

        Assert.Equal((WebhookFailure.TimedOut, null, null), (await sending).Outcome());
    }

    // Whether the client has begun to write when it is accepted is not known here.
    [Fact]
    public async Task SilentAt_OnAccept_SdkHasEnoughInTime()
    {
        var time = new ManualTimeProvider();
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Silence().SilentAt(ReceiverStage.OnAccept));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await receiver.WaitForConnectionsAsync(1);
        time.Advance(Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Failure is WebhookFailure.TimedOut or WebhookFailure.NotReceived, result.ToString());
    }

    [Theory]
    [InlineData(ReceiverStage.AfterHeaders, "")]
    [InlineData(ReceiverStage.WithinBody, "ne")]
    public async Task SilentAt_WithinTheBody_SdkTakesTheStatusForTheAnswer(ReceiverStage stage, string half)
    {
        var time = new ManualTimeProvider();
        var headers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("never", "text/plain").SilentAt(stage));

        Task<WebhookResult> sending = Clients.SendAsync(receiver, time, builder => builder.SignalHeaders(headers));
        await headers.Task;
        time.Advance(Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.None, 200), (result.Failure, result.StatusCode));

        // How much of the half body was there when the time was up is a race.
        Assert.StartsWith(result.ResponseText!, half, StringComparison.Ordinal);
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task SilentAt_AfterAnswer_LeavesTheNextRequestUnread()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(204).SilentAt(ReceiverStage.AfterAnswer));
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get + RawClient.Get);
        string answer = await client.ReadAsync("HTTP/1.1 204 No Content\r\n\r\n".Length);
        client.EndSending();

        Assert.Equal("HTTP/1.1 204 No Content\r\n\r\n", answer);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Silence_ClientGoesAway_EndsTheConnection()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Silence());
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);
        client.EndSending();
        string answer = await client.ReadToEndAsync();
        await receiver.WaitForConnectionsToEndAsync(1);

        Assert.Equal("", answer);
    }

    private static HttpRequestError HttpErrorOf(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError,
        HttpIOException http => http.HttpRequestError,
        null => HttpRequestError.Unknown,
        _ => HttpErrorOf(exception.InnerException),
    };

    private static SocketError? SocketErrorOf(Exception? exception) => exception switch
    {
        SocketException socket => socket.SocketErrorCode,
        null => null,
        _ => SocketErrorOf(exception.InnerException),
    };
}
