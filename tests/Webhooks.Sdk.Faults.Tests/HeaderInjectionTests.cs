using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// Names and values that would write outside their own header, by every door that a header comes in through, looked for on the wire.
/// </summary>
public sealed class HeaderInjectionTests
{
    private const string Smuggled = "X-Smuggled: yes";

    private static readonly string[] Breaks =
    [
        "\r\n", "\n", "\r", "\r\n ", "\r\n\t", "\n ", "\0", "\u000b", "\u000c", "\u0085", "\u2028", "\u2029", "\u560a", "\u560d", "\u010a", "\u010d", "嘊嘍", "\u001b", "\u007f",
        "\u00a0", "é", "😀", "\ud83d", "\u202e", "\ufeff",
    ];

    private static readonly string[] Places = ["{0}" + Smuggled, "x{0}" + Smuggled, "x{0}" + Smuggled + "{0}y", "x{0}{0}GET / HTTP/1.1{0}Host: evil{0}{0}"];

    // 25 breaks in 4 places, as names and as values, at each door: the first two alone are 400.
    private static readonly Dictionary<string, Func<Uri, string, string, WebhookRequest>> Doors = new()
    {
        ["request"] = (url, name, value) => WebhookRequest.Post(url).WithHeader(name, value).WithText("x", "text/plain").Build(),
        ["endpoint"] = (url, name, value) => new WebhookEndpoint(url) { Headers = [KeyValuePair.Create(name, value)] }.Compose(Event()),
        ["credential"] = (url, name, value) => new WebhookEndpoint(url) { Credential = WebhookCredential.Header(name, value) }.Compose(Event()),
        ["idempotency key"] = (url, name, value) => WebhookRequest.Post(url).WithIdempotencyKey(name, value).WithText("x", "text/plain").Build(),
        ["media type"] = (url, name, value) => WebhookRequest.Post(url).WithText("x", name == "X-Name" ? value : name).Build(),
        ["bearer token"] = (url, name, value) => new WebhookEndpoint(url) { Credential = WebhookCredential.Bearer(name == "X-Name" ? value : name) }.Compose(Event()),
        ["subject"] = (url, name, value) => new WebhookEndpoint(url) { Format = WebhookFormat.CloudEventsBinary, Source = "/source" }
            .Compose(WebhookEvent.For("a.b").WithSubject(name == "X-Name" ? value : name).WithData(new Dictionary<string, string>()).Build()),
    };

    public static TheoryData<string> DoorNames => [.. Doors.Keys];

    [Theory]
    [MemberData(nameof(DoorNames))]
    public async Task SendAsync_NamesAndValuesThatBreakOut_AddNoByteOutsideTheirHeader(string door)
    {
        await using var receiver = WebhookReceiver.Start();
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1);
        string[] hostile = [.. Breaks.SelectMany(_ => Places, (lineBreak, place) => place.Replace("{0}", lineBreak, StringComparison.Ordinal))];
        (string Name, string Value)[] headers = [.. hostile.Select(text => ("X-Name", text)), .. hostile.Select(text => (text, "value"))];
        int sent = 0;

        foreach ((string name, string value) in headers)
        {
            WebhookRequest request;

            try
            {
                request = Doors[door](receiver.Url, name, value);
            }
            catch (ArgumentException exception)
            {
                Assert.DoesNotContain(exception.Message, char.IsControl);
                continue;
            }

            sent += (await provider.Webhooks().SendAsync(request)).StatusCode is null ? 0 : 1;
        }

        Assert.Equal(200, headers.Length);
        Assert.Equal(sent, receiver.Requests.Count);
        Assert.DoesNotContain(receiver.Requests, request => request.Target == "/" && request.Method == "GET");
        Assert.DoesNotContain(receiver.Requests.SelectMany(request => request.Headers), header => header.Key.Contains("Smuggled", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(receiver.Requests, request => request.Header("Host") == "evil");
    }

    private static WebhookEvent Event() => WebhookEvent.For("a.b").WithData(new Dictionary<string, string>()).Build();
}
