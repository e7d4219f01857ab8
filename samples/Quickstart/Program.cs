using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;
using Webhooks.Sdk.Testing;

// Stands in for Skalin, Harmony and everybody else.
await using WebhookReceiver receiver = WebhookReceiver.Start();
receiver.Answers(request => request.Target.Contains("/api/v1/WebHook/", StringComparison.OrdinalIgnoreCase)
    ? ReceiverAnswer.Status(200).WithText("200 - le message est bien parvenu", "text/plain")
    : ReceiverAnswer.Status(200));
string url = receiver.Url.AbsoluteUri;

// <register>
var services = new ServiceCollection();
services.AddWebhooks(options => options.AllowLoopback = true) // loopback, because this receiver runs on the same machine
    .AddSkalin(options => (options.BaseUrl, options.WebhookId, options.ClientId) = (new Uri(url), "05cb3204b49ff92d", "2bb91c92dr779103"))
    .AddHarmony(options => options.BaseUrl = new Uri(url + "123456/TEST1"))
    .AddHarmony("local", options => (options.BaseUrl, options.ServicePath) = (new Uri(url + "DhsDivaltoServiceDivaApiRest"), "api/v1/Webhook"));

await using ServiceProvider provider = services.BuildServiceProvider();
var webhooks = provider.GetRequiredService<IWebhookClient>();
var skalin = provider.GetRequiredService<ISkalinClient>();
var harmony = provider.GetRequiredService<IHarmonyClient>();
var local = provider.GetRequiredKeyedService<IHarmonyClient>("local");
// </register>

// <send>
// Tell Skalin that a customer activated a service.
SkalinEvent activation = SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).WithId("e07595f29f1928y5").Build();
WebhookResult told = await skalin.SendAsync(activation);

// Call a webhook of Divalto Harmony: the code is the secret, the answer is understood.
HarmonyCall call = HarmonyCall.To("MONWEBHOOKACADEMY123456789012363F53").With("dos", 998).With("refreshCustomer", "C0000001");
HarmonyAnswer answer = await harmony.CallAsync(call);

// Send any webhook: POST, GET, PUT, DELETE or PATCH, with JSON, a form, text or bytes.
WebhookRequest request = WebhookRequest.Put(url + "users/42")
    .WithJson(new Dictionary<string, object?> { ["name"] = "Zoé", ["vip"] = true })
    .Build();
WebhookResult result = await webhooks.SendAsync(request);

// Send an event to an endpoint, signed as Standard Webhooks says.
var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
var endpoint = new WebhookEndpoint(url + "hooks") { Secrets = [secret] };
WebhookEvent paid = WebhookEvent.For("invoice.paid").WithData(new Dictionary<string, object?> { ["id"] = "inv_1", ["amount"] = 12.5m }).Build();
WebhookResult delivered = await webhooks.SendAsync(endpoint, paid);
Console.WriteLine($"Skalin: {told}. Harmony: {answer.Message}. PUT: {result}. Event: {delivered}.");
// </send>

const string Target = "/webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103";
const string Query = "MONWEBHOOKACADEMY123456789012363F53?dos=998&refreshCustomer=C0000001";
const string Event = """{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""";
const string Xml = "<user id=\"42\"/>";
var pairs = new Dictionary<string, string> { ["name"] = "Ada" };
var checks = new Checks(receiver);

checks.Arrived(told, $"POST {Target} application/json {Event}");
checks.Arrived(answer.Result, $"GET /123456/TEST1/api/v1/WebHook/{Query}");
checks.Arrived(result, """PUT /users/42 application/json {"name":"Zoé","vip":true}""");
checks.Arrived(delivered, $"POST /hooks application/json {Encoding.UTF8.GetString(endpoint.Compose(paid).Body.Span)}", secret);
checks.Arrived((await local.CallAsync(call)).Result, $"GET /DhsDivaltoServiceDivaApiRest/api/v1/Webhook/{Query}");
await SendAsync(WebhookRequest.Post(url + "users").WithJson(pairs), """POST /users application/json {"name":"Ada"}""");
await SendAsync(WebhookRequest.Post(url + "users").WithText(Xml, "application/xml"), $"POST /users application/xml {Xml}");
await SendAsync(WebhookRequest.Put(url + "users/42").WithText(Xml, "application/xml"), $"PUT /users/42 application/xml {Xml}");
await SendAsync(WebhookRequest.Delete(url + "users/42").WithJson(pairs), """DELETE /users/42 application/json {"name":"Ada"}""");
await SendAsync(WebhookRequest.Delete(url + "users/42").WithText("gone", "text/plain"), "DELETE /users/42 text/plain gone");
await SendAsync(WebhookRequest.Get(url + "segments/list"), "GET /segments/list");

Console.WriteLine(checks.Failures == 0 ? "Everything arrived as it must." : $"{checks.Failures} went wrong.");
return checks.Failures == 0 ? 0 : 1;

async Task SendAsync(WebhookRequestBuilder builder, string expected) =>
    checks.Arrived(await webhooks.SendAsync(builder.Build()), expected);
