// Sends one webhook to itself and exits with 0 when it arrived whole. Built twice: against the package, and trimmed.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;

const string Body = """{"event":"invoice.paid","amount":12.5,"settled":true}""";

using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
using var listener = new TcpListener(IPAddress.Loopback, port: 0);
listener.Start();
Task<string> received = ReceiveAsync(listener, deadline.Token);

var services = new ServiceCollection();
services.AddWebhooks(options => options.AllowLoopback = true);
await using ServiceProvider provider = services.BuildServiceProvider();
IWebhookClient webhooks = provider.GetRequiredService<IWebhookClient>();

WebhookRequest request = WebhookRequest.Post($"http://{listener.LocalEndpoint}/hooks")
    .WithJson(new Dictionary<string, object?> { ["event"] = "invoice.paid", ["amount"] = 12.5, ["settled"] = true })
    .Build();
WebhookResult result = await webhooks.SendAsync(request, deadline.Token);

if (!result.Succeeded)
{
    Console.Error.WriteLine($"The webhook was not delivered: {result.Failure}");
    return 1;
}

string body = await received;
if (body != Body)
{
    Console.Error.WriteLine($"Expected {Body}, but received {body}");
    return 1;
}

Console.WriteLine($"Delivered: {body}");
return 0;

static async Task<string> ReceiveAsync(TcpListener listener, CancellationToken cancellationToken)
{
    using TcpClient sender = await listener.AcceptTcpClientAsync(cancellationToken);
    using var reader = new StreamReader(sender.GetStream(), Encoding.ASCII);
    int length = 0;

    while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
    {
        if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        {
            length = int.Parse(line.AsSpan(line.IndexOf(' ')), CultureInfo.InvariantCulture);
        }
    }

    var body = new char[length];
    await reader.ReadBlockAsync(body, cancellationToken);
    await sender.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), cancellationToken);

    return new string(body);
}
