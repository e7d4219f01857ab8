using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Checking;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>The process that publishes, and in which subscribers and operators act. What the store refuses it, it does not do again by itself.</summary>
internal sealed class Application(World world) : IDisposable
{
    private static readonly string[] Owners = ["acme", "globex"];
    private static readonly string[] Types = ["order.paid", "order.sent"];
    private static readonly string[] Endpoints = ["sub-a", "sub-b", "sub-c", "sub-d", "sub-e"];

    private readonly Process _process = new(world, "app");
    private int _lastEvent;
    private int _lastSubscription;
    private int _underWay;

    public double StoreFailures
    {
        set => _process.Weather.Failures = value;
    }

    /// <summary>Gets whether it has ended everything that it began.</summary>
    public bool IsIdle => _underWay == 0;

    /// <summary>Gets how many events were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public void Publish()
    {
        string number = (++_lastEvent).ToString(CultureInfo.InvariantCulture);
        WebhookEventBuilder builder = WebhookEvent.For(world.OneOf(Types)).WithId($"evt-{number}")
            .WithJson(Encoding.UTF8.GetBytes($"{{\"number\":{number}}}"))
            .WithTimestamp(_process.Actor.Clock.GetUtcNow());

        if (world.Random.Next(4) == 0)
        {
            builder = builder.WithSubject($"subject-{world.Random.Next(3)}");
        }

        DateTimeOffset now = world.StoreClock.GetUtcNow();
        var publication = new WebhookPublication(builder.Build())
        {
            Owner = world.Random.Next(2) == 0 ? null : world.OneOf(Owners),
            IdempotencyKey = world.Random.Next(8) == 0 ? $"key-{world.Random.Next(4)}" : null,
            NotBefore = world.Random.Next(8) == 0 ? now + world.Some(world.Plan.LongestWait) : null,
            ExpiresAt = world.Random.Next(8) == 0 ? now + world.Some(world.Plan.LongestWait) : null,
        };
        Do($"publish {number}", async () =>
        {
            WebhookEvent? first = await _process.Get<IWebhookPublisher>().PublishAsync(publication);
            Acknowledged++;
            world.Findings.Check(() =>
            {
                if (first is null || !world.Ledger.EventsById.ContainsKey(first.Id))
                {
                    throw new Violation("Nothing acknowledged is lost", $"evt-{number} was acknowledged as {first?.Id}, which was never stored");
                }
            });
        });
    }

    public void Subscribe()
    {
        string id = world.OneOf(Endpoints);
        string url = $"https://{id}.example/{id}/{++_lastSubscription}";
        var subscription = new WebhookSubscription
        {
            Id = id,
            Owner = world.OneOf(Owners),
            EventTypes = world.Random.Next(2) == 0 ? ["*"] : [world.OneOf(Types)],
            Endpoint = EndpointChoices.Next(world, url),
        };
        Do($"subscribe {id}", async () =>
        {
            // One that is there is replaced, or removed and added anew: then it is another one under the same id.
            IWebhookSubscriptions subscriptions = _process.Get<IWebhookSubscriptions>();

            if (!(world.Random.Next(2) == 0 && await subscriptions.ReplaceAsync(subscription)))
            {
                await subscriptions.RemoveAsync(id);
                await subscriptions.AddAsync(subscription);
            }
        });
    }

    public void Unsubscribe()
    {
        string id = world.OneOf(Endpoints);
        Do($"unsubscribe {id}", () => _process.Get<IWebhookSubscriptions>().RemoveAsync(id));
    }

    public void Pause()
    {
        string id = world.OneOf(Endpoints);
        Do($"pause {id}", () => _process.Get<IWebhookEndpointControl>().PauseAsync(id));
    }

    public void Resume()
    {
        string id = world.OneOf(Endpoints);
        Do($"resume {id}", () => _process.Get<IWebhookEndpointControl>().ResumeAsync(id));
    }

    public void Rotate()
    {
        string id = world.OneOf(Endpoints);
        WebhookSecret secret = EndpointChoices.NextSecret(world);
        Do($"rotate {id}", () => _process.Get<IWebhookEndpointControl>().RotateSecretAsync(id, secret));
    }

    public void Replay()
    {
        long[] ids = [.. Enumerable.Range(0, world.Random.Next(1, 4)).Select(_ => world.Random.NextInt64(world.Ledger.LastDelivery + 1))];
        Do($"replay {string.Join(' ', ids)}", () => _process.Get<IWebhookDeliveries>().ReplayAsync(ids));
    }

    public void ReplayDeadLetters()
    {
        var query = new DeliveryQuery { EndpointId = world.OneOf(Endpoints) };
        Do($"replay dead letters of {query.EndpointId}", () => _process.Get<IWebhookDeliveries>().ReplayDeadLettersAsync(query, TimeSpan.Zero));
    }

    public void Erase()
    {
        string? owner = world.Random.Next(3) == 0 ? world.OneOf(Owners) : null;
        string? subject = owner is null ? $"subject-{world.Random.Next(3)}" : null;
        Do($"erase {owner} {subject}", () => _process.Get<IWebhookDeliveries>().EraseAsync(owner, subject));
    }

    public void Dispose() => _process.Dispose();

    private async void Do(string what, Func<Task> act)
    {
        world.Trace.Add("app", "begins to", what);
        _underWay++;

        try
        {
            await act();
            world.Trace.Add("app", "has done", what);
        }
        catch (Exception exception) when (exception is WebhookStoreException or InvalidOperationException or Violation)
        {
            world.Trace.Add("app", "cannot", what);
        }

        _underWay--;
    }
}
