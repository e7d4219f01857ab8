using System;
using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk;
using Webhooks.Sdk.Testing;

// Kill it whenever you like and start it again: what it left is delivered. Arguments: database, URL.
string database = args is [var path, ..] ? path : $"{AppContext.BaseDirectory}outbox.db";
await using WebhookReceiver receiver = WebhookReceiver.Start();
receiver.Answers(request => ReceiverAnswer.Status(receiver.Requests.Count % 2 == 0 ? 200 : 503));

// <register>
var newOpportunity = new WebhookEventType<Opportunity>("NewOpportunity", SampleJson.Default.Opportunity);

var services = new ServiceCollection();
services.AddWebhooks(options => options.AllowLoopback = true)
    .AddEventType(newOpportunity, type => type.WithSource<OpportunitySource>().When(opportunity => opportunity.IsProject))
    .UseSqlite($"Data Source={database}") // the application's own database, so that events commit with its data
    .ConfigureOutbox(options => options.LeaseDuration = TimeSpan.FromSeconds(2)); // how long a killed process keeps the next one waiting
// </register>

await using ServiceProvider provider = services.BuildServiceProvider();
var publisher = provider.GetRequiredService<IWebhookPublisher>();
var subscriptions = provider.GetRequiredService<IWebhookSubscriptions>();
var deliveries = provider.GetRequiredService<IWebhookDeliveries>();

// <subscribe>
var acme = new WebhookSubscription
{
    Id = "acme",
    EventTypes = ["NewOpportunity"],
    Endpoint = new WebhookEndpoint(args is [_, var url] ? url : receiver.Url.AbsoluteUri)
    {
        Secrets = [WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
        Schedule = RetrySchedule.Exponential(TimeSpan.FromSeconds(1), attempts: 50, longest: TimeSpan.FromHours(8)), // for days
        Ordered = true, // one after the other, as they were published
    },
};

if (!await subscriptions.ReplaceAsync(acme))
{
    await subscriptions.AddAsync(acme);
}
// </subscribe>

await using Opportunities opportunities = await Opportunities.OpenAsync(database);
(long printed, int told) = (0, 0);
await PrintAttemptsAsync();
long left = await opportunities.CountProjectsAsync() - told;
Console.WriteLine($"Found {left} projects that have not been told yet.");

for (int i = 0; left == 0 && i < 6; i++)
{
    // <publish>
    await using DbTransaction transaction = await opportunities.BeginTransactionAsync();
    long id = await opportunities.AddAsync(transaction);
    WebhookEvent? published = await publisher.PublishRecordAsync(newOpportunity, $"{id}", transaction);
    await transaction.CommitAsync(); // the row and its event, or neither
    // </publish>
    Console.WriteLine($"Opportunity {id}: {(published is null ? "no project, nobody is told." : $"published as {published.Id}.")}");
}

for (; told < await opportunities.CountProjectsAsync(); await Task.Delay(100))
{
    await provider.GetRequiredService<WebhookDispatcher>().DrainAsync(); // what is due now; a host runs the dispatcher by itself
    await PrintAttemptsAsync();
}

Console.WriteLine("All projects have been told.");

async Task PrintAttemptsAsync()
{
    foreach (RecordedAttempt made in await deliveries.ReadAttemptsAsync(new DeliveryQuery { After = printed, Limit = 1000 }))
    {
        (printed, told) = (made.Id, told + (made.Attempt.StatusCode == 200 ? 1 : 0));
        Console.WriteLine($"  {made.EventId} attempt {made.Attempt.Number}: {(object?)made.Attempt.StatusCode ?? made.Attempt.Failure}");
    }
}
