using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A user's handler that sends the same message again when the first answer is no success.</summary>
internal sealed class ResendingHandler(Action beforeResending) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        answer.Dispose();
        beforeResending();
        return await base.SendAsync(request, cancellationToken);
    }
}
