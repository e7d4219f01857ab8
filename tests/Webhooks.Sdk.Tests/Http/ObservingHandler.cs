using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A user's handler that notes all it can see of a request, before and after it is sent.</summary>
internal sealed class ObservingHandler(List<string> seen) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Note(request);
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
        Note(request);
        Note(answer.RequestMessage!);
        return answer;
    }

    private void Note(HttpRequestMessage request)
    {
        seen.Add(request.RequestUri!.AbsoluteUri);
        seen.Add(request.ToString());
        seen.Add(request.Headers.ToString());
    }
}
