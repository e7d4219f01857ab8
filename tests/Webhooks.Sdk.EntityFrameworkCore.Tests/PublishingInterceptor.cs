using System.Threading;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>Publishes while changes are saved, as applications do that collect the events of their entities.</summary>
internal sealed class PublishingInterceptor : SaveChangesInterceptor
{
    public WebhookEvent? Published { get; private set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Published = eventData.Context!.PublishWebhook(Shop.Paid, new Invoice { Id = "inv_1", Total = 5 });
        return new(result);
    }
}
