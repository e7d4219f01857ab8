using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class FanOutTests
{
    private const int Endpoints = 1000;

    [Fact]
    public async Task SendAsync_OneEventToManyEndpoints_SerializesAndComposesItOnce()
    {
        var serialized = new Count();
        var receiver = new RememberingHandler();
        await using ServiceProvider provider =
            TestHost.Create(builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => receiver));

        WebhookEvent paid = WebhookEvent.For("invoice.paid").WithData(serialized, (ref WebhookJsonWriter writer, Count count) =>
        {
            count.Value++;
            writer.WriteStringValue("in_1"u8);
        }).Build();
        WebhookEndpoint[] endpoints = [.. Enumerable.Range(0, Endpoints).Select(i => new WebhookEndpoint($"https://a.example/{i}") { Secrets = [WebhookSecret.Generate()] })];

        WebhookResult[] results = await Task.WhenAll(endpoints.Select(endpoint => provider.Webhooks().SendAsync(endpoint, paid)));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal(1, serialized.Value);
        Assert.Equal(Endpoints, receiver.Signatures.Distinct(StringComparer.Ordinal).Count());

        // The very same bytes, not equal ones.
        Assert.True(MemoryMarshal.TryGetArray(endpoints[0].Compose(paid).Body, out ArraySegment<byte> first));
        Assert.All(endpoints, endpoint => Assert.True(MemoryMarshal.TryGetArray(endpoint.Compose(paid).Body, out ArraySegment<byte> body) && body.Array == first.Array));
    }

    private sealed class Count
    {
        public int Value { get; set; }
    }

    private sealed class RememberingHandler : HttpMessageHandler
    {
        public ConcurrentBag<string> Signatures { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Signatures.Add(request.Headers.GetValues("webhook-signature").Single());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }
}
