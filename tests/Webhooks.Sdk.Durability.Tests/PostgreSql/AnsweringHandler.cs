using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Answers in the receivers' place, so that what is measured is the store.</summary>
internal sealed class AnsweringHandler(AnswerLog log) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string id = request.Headers.GetValues("webhook-id").Single();
        log.Add(request.RequestUri!.AbsolutePath[1..], int.Parse(id[(id.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture));
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
