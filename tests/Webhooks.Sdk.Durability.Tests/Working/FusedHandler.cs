using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>Tells the receiver which process sends, and dies before or after a request.</summary>
internal sealed class FusedHandler(Fuse fuse, string worker) : DelegatingHandler
{
    public const string WorkerHeader = "X-Worker";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add(WorkerHeader, worker);

        if (fuse.IsOver(FailurePoint.BeforeSend))
        {
            fuse.Burn();
        }

        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);

        if (fuse.IsOver(FailurePoint.AfterSend))
        {
            fuse.Burn();
        }

        return response;
    }
}
