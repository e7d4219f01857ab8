using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class WebhookClientTests
{
    [Fact]
    public async Task SendAsync_AcceptedByTheReceiver_Succeeds()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(201, "created"));
        await using ServiceProvider provider = TestHost.Create();
        WebhookRequest request = WebhookRequest.Put(server.Url + "/users/42")
            .WithHeader("X-Source", "billing")
            .WithJson(new Dictionary<string, string> { ["name"] = "Ada" })
            .Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.True(result.Succeeded);
        Assert.Equal(201, result.StatusCode);
        Assert.Equal("created", result.ResponseText);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("PUT /users/42 HTTP/1.1", received.RequestLine);
        Assert.Equal("billing", received.Header("X-Source"));
        Assert.Equal("application/json", received.Header("Content-Type"));
        Assert.Equal("""{"name":"Ada"}""", received.Text);
    }
}
