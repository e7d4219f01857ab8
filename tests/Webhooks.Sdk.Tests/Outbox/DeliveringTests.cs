using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Testing;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>What becomes of one delivery: sent, tried again, given up.</summary>
public sealed class DeliveringTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Drain_AfterAPublish_DeliversToEverySubscriberSigned()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver one = host.StartReceiver();
        await using WebhookReceiver two = host.StartReceiver();
        await host.SubscribeAsync(one, "sub_1", types: "invoice.*");
        await host.SubscribeAsync(two, "sub_2");
        WebhookEvent paid = OutboxHost.NewEvent();

        WebhookEvent? published = await host.Publisher.PublishAsync(paid);
        await host.Dispatcher.DrainAsync();

        Assert.Same(paid, published);
        foreach (WebhookReceiver receiver in new[] { one, two })
        {
            receiver.AssertSingleRequest().AssertMethod("POST").AssertHeader("webhook-id", paid.Id).AssertSigned(OutboxHost.Secret);
        }

        Assert.Empty(await host.Deliveries.ReadWaitingAsync(new DeliveryQuery()));
        Assert.Equal(2, (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery { EventId = paid.Id })).Count);
    }

    [Fact]
    public async Task Drain_AfterFailures_SendsTheSameBytesUnderTheSameIdStampedAndSignedAnew()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503).Then(500).Then(200);
        await host.SubscribeAsync(receiver);
        WebhookEvent paid = OutboxHost.NewEvent();
        await host.Publisher.PublishAsync(paid);

        await host.Dispatcher.DrainAsync();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));
        await host.DrainAfterAsync(TimeSpan.FromMinutes(6));

        Assert.Equal(3, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Equal(receiver.Requests[0].Body.ToArray(), request.Body.ToArray()));
        Assert.All(receiver.Requests, request => request.AssertHeader("webhook-id", paid.Id).AssertSigned(OutboxHost.Secret));
        Assert.Equal(3, receiver.Requests.Select(request => request.Header("webhook-timestamp")).Distinct().Count());
        Assert.Equal(3, receiver.Requests.Select(request => request.Header("webhook-signature")).Distinct().Count());
        Assert.Equal(
            [(1, 503, WebhookFailure.ReceiverFailed), (2, 500, WebhookFailure.ReceiverFailed), (3, 200, WebhookFailure.None)],
            (await host.Deliveries.ReadAttemptsAsync(new DeliveryQuery())).Select(each => (each.Attempt.Number, each.Attempt.StatusCode!.Value, each.Attempt.Failure)));
    }

    [Fact]
    public async Task Drain_BeforeTheRetryIsDue_SendsNothing()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        await host.Dispatcher.DrainAsync();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(3.9));

        receiver.AssertSingleRequest();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(2.2));
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task Drain_RetryAfter_IsHonouredUpToADay()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(ReceiverAnswer.Status(429).WithHeader("Retry-After", "7200")).Then(ReceiverAnswer.Status(503).WithHeader("Retry-After", "999999999")).Then(200);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        await host.Dispatcher.DrainAsync();

        await host.DrainAfterAsync(2 * Hour - TimeSpan.FromSeconds(1));
        Assert.Single(receiver.Requests);
        await host.DrainAfterAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, receiver.Requests.Count);
        await host.DrainAfterAsync(24 * Hour - TimeSpan.FromSeconds(1));
        Assert.Equal(2, receiver.Requests.Count);
        await host.DrainAfterAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(3, receiver.Requests.Count);
    }

    [Fact]
    public async Task Drain_ScheduleAtItsEnd_LeavesADeadLetterAfterTenAttempts()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        for (int i = 0; i < 12; i++)
        {
            await host.Dispatcher.DrainAsync();
            host.Time.Advance(29 * Hour);
        }

        Assert.Equal(10, receiver.Requests.Count);
        StoredDelivery dead = Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal((10, DeadLetterReason.AttemptsSpent), (dead.Attempts, dead.Reason));
    }

    [Theory]
    [InlineData(400, DeadLetterReason.Refused)]
    [InlineData(302, DeadLetterReason.Refused)]
    public async Task Drain_Refused_IsGivenUpAtOnce(int status, DeadLetterReason expected)
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(status);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        await host.Dispatcher.DrainAsync();
        await host.DrainAfterAsync(48 * Hour);

        receiver.AssertSingleRequest();
        Assert.Equal(expected, Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery())).Reason);
        Assert.Equal(WebhookEndpointState.Active, await host.Control.GetStateAsync("sub_1"));
    }

    [Fact]
    public async Task Drain_Expired_IsGivenUpWithoutAnAttempt()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(new WebhookPublication(OutboxHost.NewEvent()) { ExpiresAt = host.Time.GetUtcNow().AddSeconds(3) });

        await host.Dispatcher.DrainAsync();
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));

        receiver.AssertSingleRequest();
        StoredDelivery dead = Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery()));
        Assert.Equal((1, DeadLetterReason.Expired), (dead.Attempts, dead.Reason));
    }

    [Fact]
    public async Task Drain_NotBefore_Waits()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(new WebhookPublication(OutboxHost.NewEvent()) { NotBefore = host.Time.GetUtcNow() + Hour });

        await host.Dispatcher.DrainAsync();
        receiver.AssertNoRequests();
        await host.DrainAfterAsync(Hour);

        receiver.AssertSingleRequest();
    }

    [Fact]
    public async Task Drain_EventThatCannotBeComposed_IsGivenUp()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        await host.Subscriptions.AddAsync(new WebhookSubscription
        {
            Id = "sub_1",
            EventTypes = ["*"],
            Endpoint = new WebhookEndpoint(receiver.Url) { Format = WebhookFormat.CloudEvents },
        });
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());

        await host.Dispatcher.DrainAsync();

        receiver.AssertNoRequests();
        Assert.Equal(DeadLetterReason.Unsendable, Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery())).Reason);
    }

    [Fact]
    public async Task Drain_SecretRotatedBetweenAttempts_SignsWithTheOneOfNow()
    {
        await using OutboxHost host = OutboxHost.Create();
        await using WebhookReceiver receiver = host.StartReceiver();
        receiver.Answers(503).Then(503).Then(200);
        await host.SubscribeAsync(receiver);
        await host.Publisher.PublishAsync(OutboxHost.NewEvent());
        var fresh = WebhookSecret.Generate();

        await host.Dispatcher.DrainAsync();
        await host.Control.RotateSecretAsync("sub_1", fresh);
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));
        await host.Control.RetireSecretsAsync("sub_1");
        await host.DrainAfterAsync(TimeSpan.FromMinutes(6));

        IReadOnlyList<ReceivedRequest> requests = receiver.Requests;
        Assert.Equal([1, 2, 1], requests.Select(request => request.Header("webhook-signature")!.Split(' ').Length));
        requests[0].AssertSigned(OutboxHost.Secret);
        requests[1].AssertSigned(OutboxHost.Secret).AssertSigned(fresh);
        requests[2].AssertSigned(fresh);
    }

    [Fact]
    public async Task Drain_EnqueuedRequestWhoseEndpointHasMoved_IsGivenUpSoThatNobodyElseGetsItsSecrets()
    {
        await using var before = WebhookReceiver.Start();
        await using var now = WebhookReceiver.Start();
        Uri url = before.Url;
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint => endpoint.Url = url));
        await host.Outbox.EnqueueAsync(WebhookRequest.Get(url).WithEndpoint(host.Endpoints.Get("acme")).Build());

        url = now.Url;
        host.Services.GetRequiredService<IOptionsMonitorCache<WebhookEndpointOptions>>().Clear();
        await host.Dispatcher.DrainAsync();

        before.AssertNoRequests();
        now.AssertNoRequests();
        Assert.Equal(DeadLetterReason.Unsendable, Assert.Single(await host.Deliveries.ReadDeadLettersAsync(new DeliveryQuery())).Reason);
    }

    [Fact]
    public async Task Drain_EnqueuedRequest_IsSentAsItIsWithThePolicyOfNow()
    {
        string token = "first-token";
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(503).Then(200);
        await using OutboxHost host = OutboxHost.Create(builder => builder.AddEndpoint("acme", endpoint =>
        {
            endpoint.Url = receiver.Url;
            endpoint.UseCredential(WebhookCredential.Bearer((_, _) => ValueTask.FromResult(token)));
        }));
        WebhookRequest request = WebhookRequest.Put(new Uri(receiver.Url, "users/42?a=%2Fb"))
            .WithEndpoint(host.Endpoints.Get("acme")).WithHeader("X-Source", "billing").WithText("{\"a\": 1}", "text/plain").Build();

        await host.Outbox.EnqueueAsync(request);
        await host.Outbox.EnqueueAsync(request);
        await host.Dispatcher.DrainAsync();
        token = "second-token";
        await host.DrainAfterAsync(TimeSpan.FromSeconds(6));

        Assert.Equal(3, receiver.Requests.Count);
        Assert.All(receiver.Requests, sent => sent.AssertMethod("PUT").AssertTarget("/users/42?a=%2Fb").AssertText("{\"a\": 1}").AssertHeader("X-Source", "billing"));
        Assert.Equal(["Bearer first-token", "Bearer first-token", "Bearer second-token"], receiver.Requests.Select(sent => sent.Header("Authorization")));
    }
}
