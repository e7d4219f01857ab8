using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class ReceiverScriptTests
{
    [Fact]
    public async Task Answers_NotTold_Answers200()
    {
        await using var receiver = WebhookReceiver.Start();

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", await RawClient.ExchangeAsync(receiver, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
        Assert.Equal((WebhookFailure.None, 200, ""), (await Clients.SendAsync(receiver)).Outcome());
    }

    [Fact]
    public async Task Then_GivesAnswersInTurnAndRepeatsTheLast()
    {
        await using var receiver = WebhookReceiver.Start();
        using HttpClient client = Clients.Plain();

        receiver.Answers(201).Then(202).Times(2).Then(request => ReceiverAnswer.Status(request.Target.Length + 200)).Then(204);

        Assert.Equal([201, 202, 202, 201, 204, 204], await StatusesAsync(client, receiver, 6));
    }

    [Fact]
    public async Task Then_AddedAfterTheEndWasReached_ComesNext()
    {
        await using var receiver = WebhookReceiver.Start();
        using HttpClient client = Clients.Plain();

        ReceiverScript script = receiver.Answers(201);
        IReadOnlyList<int> before = await StatusesAsync(client, receiver, 3);
        script.Then(202).Then(203);

        Assert.Equal([201, 201, 201], before);
        Assert.Equal([202, 203, 203], await StatusesAsync(client, receiver, 3));
    }

    [Fact]
    public async Task Answers_CalledAgain_TakesThePlaceOfTheScript()
    {
        await using var receiver = WebhookReceiver.Start();
        using HttpClient client = Clients.Plain();

        receiver.Answers(201).Then(202);
        IReadOnlyList<int> before = await StatusesAsync(client, receiver, 1);
        receiver.Answers(203);

        Assert.Equal([201], before);
        Assert.Equal([203], await StatusesAsync(client, receiver, 1));
    }

    [Fact]
    public async Task Answers_FailuresThenSuccess_AreRetriedByTheSdk()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(503).Times(2).Then(ReceiverAnswer.Status(200).WithText("at last", "text/plain"));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Put(receiver.Url).Build());
        await time.RunDownDelaysAsync(sending, except: Clients.AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.None, 200, "at last"), result.Outcome());
        Assert.Equal([503, 503, 200], result.Attempts.Select(attempt => attempt.StatusCode!.Value));
        Assert.Equal(3, receiver.Requests.Count);
    }

    [Fact]
    public async Task Answers_StepThatActsOnAccept_MeetsAnOpenConnectionAtItsNextRequest()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(200).Then(ReceiverAnswer.Greeting()).Then(204);
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);
        await receiver.WaitForRequestsAsync(1);
        await client.SendAsync(RawClient.Get);
        string answers = await client.ReadToEndAsync();

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n220 mail.example ESMTP\r\n", answers);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Answers_FunctionThrows_ResetsTheClientAndTellsTheNextWait()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(request => throw new FormatException("no good"));

        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver));
        var exception = await Assert.ThrowsAsync<WebhookReceiverException>(() => receiver.WaitForRequestsAsync(2));

        Assert.Equal("The function that should choose the answer to GET / (0 bytes) threw: no good", exception.Message);
        Assert.IsType<FormatException>(exception.InnerException);
        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task DisposeAsync_FunctionThrewAndNobodyKnows_ThrowsItOnce()
    {
        var receiver = WebhookReceiver.Start();
        receiver.Answers(request => throw new FormatException("no good"));
        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver));

        await Assert.ThrowsAsync<WebhookReceiverException>(() => receiver.DisposeAsync().AsTask());
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task AssertSingleRequest_FunctionThrew_ThrowsItOnce()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(_ => null!);
        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver));

        var exception = Assert.Throws<WebhookReceiverException>(() => receiver.AssertSingleRequest());

        Assert.Contains("returned null", exception.Message, StringComparison.Ordinal);
        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task Answers_FunctionChoosesWhatComesTooLate_IsToldToTheTest()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(_ => ReceiverAnswer.Reset(ReceiverStage.OnAccept)).Then(_ => ReceiverAnswer.Status(204).WithText("x", "a"));

        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver));
        var early = await Assert.ThrowsAsync<WebhookReceiverException>(() => receiver.WaitForRequestsAsync(2));
        await Assert.ThrowsAsync<IOException>(() => RawClient.ExchangeAsync(receiver));
        var contradictory = Assert.Throws<WebhookReceiverException>(() => receiver.AssertNoRequests());

        Assert.Contains("begins before the request is read", early.Message, StringComparison.Ordinal);
        Assert.Contains("204 or 304 has no body", contradictory.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_Misused_ThrowsAtOnce()
    {
        await using var receiver = WebhookReceiver.Start();

        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => receiver.Answers(199));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => receiver.Answers(200).Then(1000));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => receiver.Answers(200).Times(0));
        Assert.Throws<ArgumentNullException>("answer", () => receiver.Answers((ReceiverAnswer)null!));
        Assert.Throws<ArgumentNullException>("choose", () => receiver.Answers((Func<ReceivedRequest, ReceiverAnswer>)null!));
    }

    private static async Task<IReadOnlyList<int>> StatusesAsync(HttpClient client, WebhookReceiver receiver, int count)
    {
        var statuses = new List<int>();

        while (statuses.Count < count)
        {
            using HttpResponseMessage answer = await client.GetAsync(receiver.Url);
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }
}
