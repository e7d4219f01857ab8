using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// What the tests of the transport share: short answers, resolvers, and a send that makes an <see cref="AttemptRequest"/>.
/// </summary>
internal static class TransportTestKit
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static WebhookOptions LoopbackAllowed => new() { AllowLoopback = true };

    public static Func<string, CancellationToken, Task<IPAddress[]>> Resolves(params string[] addresses) =>
        (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));

    public static AttemptRequest Get(Uri url, bool trusted = false)
    {
        var request = new AttemptRequest(HttpMethod.Get, url) { Trusted = trusted };
        request.Headers.TryAddWithoutValidation("User-Agent", "test");

        return request;
    }

    public static async Task<string> SendAsync(HttpMessageHandler handler, HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        using HttpResponseMessage response = await invoker.SendAsync(request, cancellationToken);

        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
