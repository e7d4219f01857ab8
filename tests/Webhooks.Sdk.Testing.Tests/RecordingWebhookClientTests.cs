using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class RecordingWebhookClientTests
{
    [Fact]
    public async Task SendAsync_NotTold_SucceedsAndRecords()
    {
        var webhooks = new RecordingWebhookClient();
        WebhookRequest request = Post();

        WebhookResult result = await webhooks.SendAsync(request);

        Assert.Equal((WebhookFailure.None, 200, ""), result.Outcome());
        Assert.Same(request, webhooks.AssertSingleRequest());
    }

    [Fact]
    public async Task Returns_GivesResultsInTurnAndRepeatsTheLast()
    {
        var webhooks = new RecordingWebhookClient();
        webhooks.Returns(WebhookFailure.Gone).Times(2)
            .Then(WebhookResults.Succeeded(201, "made"))
            .Then(request => WebhookResults.Failed(WebhookFailure.Rejected, 422, request.Id))
            .Then(WebhookFailure.None);

        var outcomes = new List<(WebhookFailure, int?, string?)>();
        for (int i = 0; i < 6; i++)
        {
            outcomes.Add((await webhooks.SendAsync(Post($"id{i}"))).Outcome());
        }

        Assert.Equal(
            [
                (WebhookFailure.Gone, 410, ""), (WebhookFailure.Gone, 410, ""), (WebhookFailure.None, 201, "made"),
                (WebhookFailure.Rejected, 422, "id3"), (WebhookFailure.None, 200, ""), (WebhookFailure.None, 200, ""),
            ],
            outcomes);
        Assert.Equal(["id0", "id1", "id2", "id3", "id4", "id5"], webhooks.Requests.Select(request => request.Id));
    }

    [Fact]
    public async Task Returns_CalledAgain_TakesThePlaceOfTheResults()
    {
        var webhooks = new RecordingWebhookClient();
        webhooks.Returns(WebhookFailure.Gone).Then(WebhookFailure.Rejected);

        webhooks.Returns(WebhookFailure.TimedOut);

        Assert.Equal(WebhookFailure.TimedOut, (await webhooks.SendAsync(Post())).Failure);
    }

    [Fact]
    public async Task Returns_FunctionThrows_SendingThrows()
    {
        var webhooks = new RecordingWebhookClient();
        webhooks.Returns(_ => throw new TimeoutException("slow"));

        Task<WebhookResult> sending = webhooks.SendAsync(Post());

        await Assert.ThrowsAsync<TimeoutException>(() => sending);
        webhooks.AssertSingleRequest();
    }

    [Fact]
    public void SendAsync_MisusedOrCancelled_ThrowsAtOnceAndRecordsNothing()
    {
        var webhooks = new RecordingWebhookClient();

        Assert.Throws<ArgumentNullException>("request", () => { _ = webhooks.SendAsync(null!); });
        Assert.Throws<OperationCanceledException>(() => { _ = webhooks.SendAsync(Post(), new CancellationToken(canceled: true)); });

        webhooks.AssertNoRequests();
    }

    [Fact]
    public void Returns_Misused_ThrowsAtOnce()
    {
        var webhooks = new RecordingWebhookClient();

        Assert.Throws<ArgumentOutOfRangeException>("failure", () => webhooks.Returns((WebhookFailure)99));
        Assert.Throws<ArgumentOutOfRangeException>("failure", () => webhooks.Returns(WebhookFailure.None).Then((WebhookFailure)99));
        Assert.Throws<ArgumentNullException>("result", () => webhooks.Returns((WebhookResult)null!));
        Assert.Throws<ArgumentNullException>("choose", () => webhooks.Returns((Func<WebhookRequest, WebhookResult>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => webhooks.Returns(WebhookFailure.None).Times(0));
    }

    [Fact]
    public async Task WaitForRequestsAsync_AnotherTaskSends_ReturnsWhenEnoughWereSent()
    {
        var webhooks = new RecordingWebhookClient();

        Task<IReadOnlyList<WebhookRequest>> waiting = webhooks.WaitForRequestsAsync(2);
        await webhooks.SendAsync(Post());
        bool tooEarly = waiting.IsCompleted;
        await webhooks.SendAsync(Post());

        Assert.False(tooEarly);
        Assert.Equal(2, (await waiting).Count);
    }

    [Fact]
    public async Task SendAsync_RegisteredInPlaceOfTheClient_RecordsWhatProvidersSend()
    {
        var webhooks = new RecordingWebhookClient();
        var services = new ServiceCollection();
        services.AddWebhooks().AddSkalin(options =>
        {
            options.WebhookId = "05cb3204b49ff92d";
            options.ClientId = "2bb91c92dr779103";
        });
        services.AddSingleton<IWebhookClient>(webhooks);
        await using ServiceProvider provider = services.BuildServiceProvider();

        WebhookResult result = await provider.GetRequiredService<ISkalinClient>()
            .SendAsync(SkalinEvent.For("customer1234").WithFeature("Activation", 5).WithId("e07595f29f1928y5").Build());

        Assert.True(result.Succeeded);
        webhooks.AssertSingleRequest()
            .AssertMethod("POST")
            .AssertHeader("Content-Type", "application/json")
            .AssertJson("""{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"Activation","score":5}}""");
    }

    [Fact]
    public async Task AssertSingleRequest_NoneOrSeveral_Throws()
    {
        var webhooks = new RecordingWebhookClient();

        Assert.Equal("Expected one request, but none came.", Assert.Throws<WebhookAssertionException>(webhooks.AssertSingleRequest).Message);
        await webhooks.SendAsync(Post());
        Assert.Equal(
            "Expected no request, but 1 came:\n  POST https://crm.example", Assert.Throws<WebhookAssertionException>(webhooks.AssertNoRequests).Message);
    }

    [Fact]
    public void Assert_OfARequest_SeesWhatWouldBeSent()
    {
        WebhookRequest request = WebhookRequest.Put("https://crm.example/users/é?x=1").WithHeader("X-A", "1").WithText("{ }", "application/json").Build();

        WebhookRequest same = request
            .AssertMethod("PUT").AssertUrl("https://crm.example/users/%C3%A9?x=1").AssertHeader("x-a", "1").AssertHeader("content-type", "application/json")
            .AssertNoHeader("X-B").AssertJson("{}").AssertText("{ }");

        Assert.Same(request, same);
        Assert.Throws<WebhookAssertionException>(() => request.AssertMethod("POST"));
        Assert.Throws<WebhookAssertionException>(() => request.AssertUrl("https://crm.example/users/"));
        Assert.Throws<WebhookAssertionException>(() => request.AssertHeader("X-A", "2"));
        Assert.Throws<WebhookAssertionException>(() => request.AssertNoHeader("Content-Type"));
        Assert.Throws<WebhookAssertionException>(() => request.AssertJson("[]"));
        Assert.Throws<WebhookAssertionException>(() => request.AssertText("{}"));
        Assert.Throws<ArgumentNullException>("request", () => ((WebhookRequest)null!).AssertText(""));
    }

    private static WebhookRequest Post(string id = "id") => WebhookRequest.Post("https://crm.example/secret").WithId(id).Build();
}
