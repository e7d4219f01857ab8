using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;
using Webhooks.Sdk.Testing;

// Stands in for LINE, Messenger, Lob and IFTTT: in your program, delete it and use the addresses in the comments.
await using WebhookReceiver receiver = WebhookReceiver.Start();
receiver.Answers(ReceiverAnswer.Status(200).WithJson("""{"sentMessages":[]}"""))
    .Then(ReceiverAnswer.Status(200).WithJson("""{"recipient_id":"1","message_id":"m1"}"""))
    .Then(ReceiverAnswer.Status(200).WithJson("""{"id":"psc_1"}"""))
    .Then(ReceiverAnswer.Status(200).WithText("Congratulations! You've fired the order event", "text/html"));
string url = receiver.Url.GetLeftPart(UriPartial.Authority);
int failures = 0;

// <endpoints>
var services = new ServiceCollection();
services.AddWebhooks(options => options.AllowLoopback = true)
    .AddEndpoint("line", endpoint => // https://api.line.me/v2/bot/message/push
    {
        endpoint.Url = new Uri($"{url}/v2/bot/message/push");
        endpoint.Preset = "Line"; // sends X-Line-Retry-Key, and knows that 409 is a success
        endpoint.UseCredential(WebhookCredential.Bearer("line-channel-token"));
    })
    .AddEndpoint("messenger", endpoint => // https://graph.facebook.com/v19.0/me/messages
    {
        endpoint.Url = new Uri($"{url}/v19.0/me/messages");
        endpoint.Preset = "Messenger"; // finds in error.code whether another attempt may help
        endpoint.UseCredential(WebhookCredential.Query("access_token", "page-token"));
    })
    .AddEndpoint("lob", endpoint => // https://api.lob.com/v1/postcards
    {
        endpoint.Url = new Uri($"{url}/v1/postcards");
        endpoint.Preset = "Lob"; // sends Idempotency-Key
        endpoint.UseCredential(WebhookCredential.Basic("test_key", password: ""));
    });
// </endpoints>

await using ServiceProvider provider = services.BuildServiceProvider();
var webhooks = provider.GetRequiredService<IWebhookClient>();
var endpoints = provider.GetRequiredService<IWebhookEndpoints>();

WebhookEndpoint line = endpoints.Get("line");
await SendAsync("LINE", WebhookRequest.Post(line.Url).WithEndpoint(line)
    .WithJson(new Dictionary<string, object?> { ["to"] = "U1", ["messages"] = new[] { Pairs(("type", "text"), ("text", "Bonjour")) } }));

WebhookEndpoint messenger = endpoints.Get("messenger");
await SendAsync("Messenger", WebhookRequest.Post(messenger.Url).WithEndpoint(messenger)
    .WithJson(new Dictionary<string, object?> { ["recipient"] = Pairs(("id", "1")), ["message"] = Pairs(("text", "Bonjour")) }));

WebhookEndpoint lob = endpoints.Get("lob");
await SendAsync("Lob", WebhookRequest.Post(lob.Url).WithEndpoint(lob)
    .WithForm(new Dictionary<string, string> { ["description"] = "Carte de vœux", ["to"] = "adr_1", ["front"] = "tmpl_1" }));

// IFTTT has its key in the path: a code of the URL composer, which no log shows.
Uri trigger = WebhookUrl.For(url).Path("trigger/order/with/key").Code("ifttt-maker-key").Build(); // https://maker.ifttt.com
await SendAsync("IFTTT", WebhookRequest.Post(trigger).WithJson(Pairs(("value1", "42"))));

return failures == 0 ? 0 : 1;

async System.Threading.Tasks.Task SendAsync(string name, WebhookRequestBuilder builder)
{
    WebhookResult result = await webhooks.SendAsync(builder.Build());
    failures += result.Succeeded ? 0 : 1;
    Console.WriteLine($"{name,-10} {result}: {result.ResponseText}\n           {receiver.Requests[^1]}");
}

static Dictionary<string, object?> Pairs(params (string Name, string Value)[] pairs)
{
    var result = new Dictionary<string, object?>();
    Array.ForEach(pairs, pair => result.Add(pair.Name, pair.Value));
    return result;
}
