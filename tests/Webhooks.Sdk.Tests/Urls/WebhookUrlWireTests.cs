using System;
using System.Net.Http;
using System.Threading.Tasks;
using Webhooks.Sdk.Urls;
using Xunit;

namespace Webhooks.Sdk.Tests.Urls;

public sealed class WebhookUrlWireTests : IAsyncDisposable
{
    private readonly LoopbackTargets _receiver = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _receiver.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?")]
    [InlineData("/a?")]
    [InlineData("/%41%7e")]
    [InlineData("/a/../b")]
    [InlineData("/a/./b")]
    [InlineData("/a%2e%2e")]
    [InlineData("/%2e%2e/a")]
    [InlineData("//a//b/")]
    [InlineData("/run?sig=a%2Fb")]
    [InlineData("/run?sig=a+b%2bc&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&x=y=z?")]
    [InlineData("/a\\b")]
    [InlineData("/%zz%")]
    [InlineData("/!$&'()*+,;=:@-._~[]{}|^`<>\"?!$&'()*+,;=:@-._~[]{}|^`<>\"")]
    public async Task Opaque_AnyTarget_ArrivesByteForByte(string target)
    {
        Uri url = WebhookUrl.Opaque(_receiver.Origin + target);

        using HttpResponseMessage response = await _client.GetAsync(url);

        Assert.Equal([$"GET {target} HTTP/1.1"], _receiver.RequestLines);
    }

    [Theory]
    [InlineData("/a/%41%7e/é", "/a/A~/%C3%A9")]
    [InlineData("/a/../b", "/b")]
    public async Task For_BaseThatUriRewrites_ArrivesAsItWasComposed(string basePath, string rewritten)
    {
        Uri url = WebhookUrl.For(_receiver.Origin + basePath)
            .Path("%41%7e/a%2e%2e/...").Code("!*'() é😀%2F?&=#").Query("sig", "a%2Fb").Query("+ &", "a/../b").Build();

        using HttpResponseMessage response = await _client.GetAsync(url);

        Assert.Equal(
            [
                $"GET {rewritten}/%2541%257e/a%252e%252e/.../%21%2A%27%28%29%20%C3%A9%F0%9F%98%80%252F%3F%26%3D%23"
                + "?sig=a%252Fb&%2B%20%26=a%2F..%2Fb HTTP/1.1",
            ],
            _receiver.RequestLines);
    }

    [Fact]
    public async Task Accept_WhatTheComposerBuilt_ArrivesTheSame()
    {
        Uri composed = WebhookUrl.For(_receiver.Origin).Path("a b").Query("c", "d+e").Build();
        Uri opaque = WebhookUrl.Opaque(_receiver.Origin + "/a/../b?sig=a%2Fb%41");

        foreach (Uri url in new[] { composed, opaque })
        {
            using HttpResponseMessage response = await _client.GetAsync(ReceiverUrl.Accept(url, nameof(url)));
        }

        Assert.Equal(["GET /a%20b?c=d%2Be HTTP/1.1", "GET /a/../b?sig=a%2Fb%41 HTTP/1.1"], _receiver.RequestLines);
    }
}
