using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>Five recent opportunities, the newest first; for a delivery, the one of the record.</summary>
internal sealed class OpportunitySource : IWebhookEventSource<Opportunity>
{
    public async IAsyncEnumerable<Opportunity> ReadAsync(WebhookEventContext context, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();

        if (context.Purpose == WebhookEventPurpose.Delivery)
        {
            yield return new Opportunity(context.RecordId!, "A L'ATELIER DE DIJON", IsProject: true);
            yield break;
        }

        for (int number = 5; number > 0; number--)
        {
            yield return new Opportunity($"201000000001{number}", "A L'ATELIER DE DIJON", IsProject: true);
        }
    }
}
