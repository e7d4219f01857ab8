using System;
using System.Buffers;
using System.Collections.Generic;
using System.Data.Common;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;

namespace Webhooks.Sdk.Signatures;

/// <summary>Every sample of the design's section 4, compiled and never run.</summary>
public static class Samples
{
    public static readonly WebhookEventType<Opportunity> NewOpportunity = new("NewOpportunity", AppJson.Default.Opportunity);

    public static void Register(WebApplicationBuilder builder, NpgsqlDataSource dataSource)
    {
        builder.Services.AddWebhooks();
        builder.Services.AddWebhooks(options => options.AllowLoopback = true);
        builder.Services.AddWebhooks(builder.Configuration.GetSection("Webhooks"));

        builder.Services.AddWebhooks().AddSkalin(o =>
        {
            o.WebhookId = "05cb3204b49ff92d";
            o.ClientId = "2bb91c92dr779103";
        });
        builder.Services.AddWebhooks().AddSkalin("emea", o => o.ClientId = "2bb91c92dr779103");
        builder.Services.AddWebhooks().AddHarmony(o => o.BaseUrl = new Uri("https://api.divaltocloud.com/123456/TEST1"));
        builder.Services.AddWebhooks().AddEndpoint("acme", o => o.Url = new Uri("https://acme.example/hooks"));

        builder.Services.AddWebhooks()
            .AddEventType(NewOpportunity, type => type.WithSource<OpportunitySource>().When(o => o.IsProject))
            .UseSqlite("Data Source=webhooks.db");
        builder.Services.AddWebhooks().UsePostgreSql(dataSource);

        WebApplication app = builder.Build();
        app.MapWebhookSubscriptions("/webhooks", options => options.Owner = http => http.User.Identity!.Name);
    }

    public static async Task SendAsync(IWebhookClient webhooks, User user, CancellationToken cancellationToken)
    {
        WebhookRequest request = WebhookRequest.Put("https://crm.example/users/42")
            .WithHeader("X-Source", "billing")
            .WithJson(user, AppJson.Default.User)
            .Build();
        WebhookResult result = await webhooks.SendAsync(request, cancellationToken);
        (bool succeeded, int? status, WebhookFailure failure) = (result.Succeeded, result.StatusCode, result.Failure);
        (IReadOnlyList<WebhookAttempt> attempts, string? text, TimeSpan? retryAfter) = (result.Attempts, result.ResponseText, result.RetryAfter);
        Console.WriteLine($"{succeeded} {status} {failure} {attempts} {text} {retryAfter} {result.EnsureSucceeded().ResponseHeaders}");

        WebhookRequest.Post("https://crm.example/").WithJson(new Dictionary<string, string> { ["name"] = "Ada" });
        WebhookRequest.Post("https://crm.example/").WithJson(new Dictionary<string, object?> { ["name"] = "Ada", ["age"] = 36 });
        WebhookRequest.Post("https://crm.example/").WithForm(new Dictionary<string, string> { ["name"] = "Ada" });
        WebhookRequest.Post("https://crm.example/").WithText("<user/>", "application/xml");
        WebhookRequest.Post("https://crm.example/").WithBody(new byte[] { 1, 2 }, "application/octet-stream");
    }

    public static async Task SkalinAsync(ISkalinClient skalin, DateTimeOffset timestamp, TimeOnly localTime, CancellationToken cancellationToken)
    {
        SkalinEvent activation = SkalinEvent.For("customer1234")
            .WithFeature("ActivationService", score: 5)
            .WithId("e07595f29f1928y5")
            .OccurredAt(timestamp, localTime)
            .Build();
        WebhookResult sent = await skalin.SendAsync(activation, cancellationToken);
        WebhookRequest composed = skalin.Compose(activation);
        Console.WriteLine($"{sent} {composed}");
    }

    public static async Task HarmonyAsync(IHarmonyClient harmony, CancellationToken cancellationToken)
    {
        HarmonyCall call = HarmonyCall.To("MONWEBHOOKACADEMY123456789012363F53").With("dos", 998).With("refreshCustomer", "C0000001").With("n", 4.5);
        HarmonyAnswer answer = await harmony.CallAsync(call, cancellationToken);
        Console.WriteLine($"{answer.Outcome} {answer.Code} {answer.Message} {answer.Result} {call.AsIdempotent()}");
    }

    public static Uri Compose() => WebhookUrl.For("http://localhost:8080/DhsDivaltoServiceDivaApiRest")
        .Path("api/v1/WebHook").Code("MONWEBHOOK…").Query("dos", 998).Query("refreshCustomer", "C0000001").Build();

    public static async Task EndpointAsync(
        IWebhookClient webhooks, IWebhookEndpoints endpoints, Invoice invoice, Dictionary<string, string> pairs, CancellationToken cancellationToken)
    {
        var endpoint = new WebhookEndpoint("https://acme.example/hooks") { Secrets = [WebhookSecret.Parse("whsec_…")] };
        WebhookEvent paid = WebhookEvent.Create("invoice.paid", invoice, AppJson.Default.Invoice);
        WebhookResult delivered = await webhooks.SendAsync(endpoint, paid, cancellationToken);
        WebhookEndpoint acme = endpoints.Get("acme");
        WebhookRequest credit = WebhookRequest.Post("https://acme.example/credits").WithEndpoint(acme).WithJson(pairs).Build();
        Uri exact = WebhookUrl.Opaque("https://prod-1.logic.example/run?sig=a%2Fb");
        Console.WriteLine($"{delivered} {credit} {WebhookRequest.Post(exact)} {new WebhookEndpoint(exact)}");
    }

    public static async Task PublishAsync(
        IWebhookPublisher publisher, IWebhookOutbox outbox, ISkalinClient skalin, SkalinEvent activation, Opportunity opportunity,
        WebhookEvent paid, string recordId, string owner, DateTimeOffset at, string key, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await publisher.PublishAsync(NewOpportunity, opportunity, cancellationToken);
        await publisher.PublishAsync(NewOpportunity, opportunity, transaction, cancellationToken);
        await publisher.PublishRecordAsync(NewOpportunity, recordId, transaction, cancellationToken);
        await publisher.PublishAsync(paid, transaction, cancellationToken);
        await publisher.PublishAsync(new WebhookPublication(paid) { Owner = owner, NotBefore = at, IdempotencyKey = key }, cancellationToken);
        await publisher.PublishAsync(WebhookPublication.Of(NewOpportunity, opportunity), cancellationToken);
        await publisher.PublishAsync(WebhookPublication.ForRecord(NewOpportunity, recordId), cancellationToken);
        await outbox.EnqueueAsync(skalin.Compose(activation), cancellationToken);
    }

    public static void Write(IBufferWriter<byte> buffer, string id)
    {
        var writer = new WebhookJsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("eventId"u8, id);
        writer.WriteNumber("score"u8, 5);
        writer.WriteEndObject();
        writer.Flush();
    }
}

public sealed record User(string Name);

public sealed record Invoice(string Id, decimal Amount);

public sealed record Opportunity(string Id, bool IsProject);

public abstract class OpportunitySource : IWebhookEventSource<Opportunity>
{
    public abstract IAsyncEnumerable<Opportunity> ReadAsync(WebhookEventContext context, CancellationToken cancellationToken = default);
}

[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(Opportunity))]
public sealed partial class AppJson : JsonSerializerContext;
