// Sends one webhook of each kind to itself and exits with 0 when they arrived whole. Built twice: against the packages, and trimmed.
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;
using Webhooks.Sdk.Skalin;
using Webhooks.Sdk.Testing;

using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
await using WebhookReceiver receiver = WebhookReceiver.Start();
receiver.Answers(204);

var services = new ServiceCollection();
services.AddWebhooks(options => options.AllowLoopback = true)
    .AddSkalin(options => (options.BaseUrl, options.WebhookId, options.ClientId) = (receiver.Url, "05cb3204b49ff92d", "2bb91c92dr779103"))
    .UseSqlite($"Data Source={Path.Combine(Directory.CreateTempSubdirectory("webhooks-").FullName, "webhooks.db")}");
await using ServiceProvider provider = services.BuildServiceProvider();
var webhooks = provider.GetRequiredService<IWebhookClient>();
var skalin = provider.GetRequiredService<ISkalinClient>();

var secret = WebhookSecret.Generate();
var pair = Ed25519PrivateKey.Generate();
var endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [secret], Signers = [new Ed25519Signer(pair), WebhookSigner.GitHub("old-key")] };
WebhookRequest pairs = WebhookRequest.Post(receiver.Url)
    .WithJson(new Dictionary<string, object?> { ["event"] = "invoice.paid", ["amount"] = 12.5, ["settled"] = true })
    .Build();

(await webhooks.SendAsync(pairs, deadline.Token)).EnsureSucceeded();
(await webhooks.SendAsync(endpoint, WebhookEvent.Create("invoice.paid", new Invoice("inv_1", 12.5m)), deadline.Token)).EnsureSucceeded();
(await skalin.SendAsync(SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).Build(), deadline.Token)).EnsureSucceeded();
await provider.GetRequiredService<IWebhookSubscriptions>().AddAsync(
    new WebhookSubscription { Id = "sub_1", EventTypes = ["invoice.*"], Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [secret] } }, deadline.Token);
await provider.GetRequiredService<IWebhookPublisher>().PublishAsync(WebhookEvent.Create("invoice.sent", new Invoice("inv_2", 1m)), deadline.Token);
await provider.GetRequiredService<WebhookDispatcher>().DrainAsync(deadline.Token);

receiver.Requests[0].AssertJson("""{"event":"invoice.paid","amount":12.5,"settled":true}""");
receiver.Requests[1].AssertSigned(secret).AssertSigned(pair.PublicKey).AssertSigned(new WebhookVerifier(WebhookSignatureScheme.GitHub, "old-key"));
receiver.Requests[2].AssertTarget("/webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103");
receiver.Requests[3].AssertSigned(secret);

foreach (ReceivedRequest request in receiver.Requests)
{
    Console.WriteLine($"Delivered: {request.Text}");
}

return receiver.Requests[1].Text.EndsWith("""{"id":"inv_1","amount":12.5}}""", StringComparison.Ordinal) ? 0 : 1;

// <data>
[WebhookData]
internal sealed partial record Invoice(string Id, decimal Amount);
// </data>
