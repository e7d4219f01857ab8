using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>What tests ask of an application in their own process.</summary>
internal static class ApplicationExtensions
{
    public static WebhookDispatcher Dispatcher(this IServiceProvider application) => application.GetRequiredService<WebhookDispatcher>();

    public static IWebhookPublisher Publisher(this IServiceProvider application) => application.GetRequiredService<IWebhookPublisher>();

    public static IWebhookDeliveries Deliveries(this IServiceProvider application) => application.GetRequiredService<IWebhookDeliveries>();

    public static Task SubscribeAsync(this IServiceProvider application, string id, Uri url, bool ordered = false, RetrySchedule? schedule = null, string types = "*", string? filter = null) =>
        application.GetRequiredService<IWebhookSubscriptions>().AddAsync(new WebhookSubscription
        {
            Id = id,
            EventTypes = [types],
            Filter = filter is null ? default : System.Text.Encoding.UTF8.GetBytes(filter),
            Endpoint = new WebhookEndpoint(url) { Secrets = [WebhookSecret.Generate()], Ordered = ordered, Schedule = schedule ?? RetrySchedule.StandardWebhooks },
        });

    public static WebhookEvent EventOf(int number, string type = "thing.happened") =>
        WebhookEvent.For(type).WithId($"evt-{number}").WithData(new Dictionary<string, int> { ["number"] = number }).Build();

    public static ValueTask<StoreStatistics> StatisticsAsync(this IServiceProvider application) =>
        application.GetRequiredService<IWebhookStoreOperations>().ReadStatisticsAsync();

    /// <summary>Runs the dispatcher until the returned object is disposed.</summary>
    public static RunningDispatcher Run(this IServiceProvider application) => new(application.Dispatcher());

    /// <summary>Publishes events <c>evt-…</c> one after the other.</summary>
    public static async Task PublishAsync(this IServiceProvider application, int first, int count)
    {
        foreach (int number in Enumerable.Range(first, count))
        {
            await application.Publisher().PublishAsync(EventOf(number));
        }
    }
}
