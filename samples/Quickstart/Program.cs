using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;

await using Receiver receiver = await Receiver.StartAsync();
string url = receiver.Url.AbsoluteUri;
int failures = 0;

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
Console.WriteLine($"Skalin: {told}. Harmony: {answer.Message}. PUT: {result}.");
// </send>

const string Target = "/webhook/05cb3204b49ff92d?client_id=2bb91c92dr779103";
const string Query = "MONWEBHOOKACADEMY123456789012363F53?dos=998&refreshCustomer=C0000001";
const string Event = """{"eventId":"e07595f29f1928y5","customerId":"customer1234","event":{"name":"ActivationService","score":5}}""";
const string Xml = "<user id=\"42\"/>";
var pairs = new Dictionary<string, string> { ["name"] = "Ada" };

Check(told, $"POST {Target} application/json {Event}");
Check(answer.Result, $"GET /123456/TEST1/api/v1/WebHook/{Query}");
Check(result, """PUT /users/42 application/json {"name":"Zoé","vip":true}""");
Check((await local.CallAsync(call)).Result, $"GET /DhsDivaltoServiceDivaApiRest/api/v1/Webhook/{Query}");
await SendAsync(WebhookRequest.Post(url + "users").WithJson(pairs), """POST /users application/json {"name":"Ada"}""");
await SendAsync(WebhookRequest.Post(url + "users").WithText(Xml, "application/xml"), $"POST /users application/xml {Xml}");
await SendAsync(WebhookRequest.Put(url + "users/42").WithText(Xml, "application/xml"), $"PUT /users/42 application/xml {Xml}");
await SendAsync(WebhookRequest.Delete(url + "users/42").WithJson(pairs), """DELETE /users/42 application/json {"name":"Ada"}""");
await SendAsync(WebhookRequest.Delete(url + "users/42").WithText("gone", "text/plain"), "DELETE /users/42 text/plain gone");
await SendAsync(WebhookRequest.Get(url + "segments/list"), "GET /segments/list");

Console.WriteLine(failures == 0 ? "Everything arrived as it must." : $"{failures} went wrong.");
return failures == 0 ? 0 : 1;

async System.Threading.Tasks.Task SendAsync(WebhookRequestBuilder builder, string expected) =>
    Check(await webhooks.SendAsync(builder.Build()), expected);

void Check(WebhookResult outcome, string expected)
{
    string came = receiver.Next();
    bool right = outcome.Succeeded && came == expected;
    failures += right ? 0 : 1;
    Console.WriteLine($"{(right ? "ok" : "WRONG"),-5} {came}\n      -> {outcome}");
}
