using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A user's handler that sends something else than what it was given.</summary>
internal sealed class RewritingHandler(Func<HttpRequestMessage, HttpRequestMessage> rewrite) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        base.SendAsync(rewrite(request), cancellationToken);
}
