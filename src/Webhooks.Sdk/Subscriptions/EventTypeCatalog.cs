using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Subscriptions;

/// <summary>Finds registered event types by their names.</summary>
internal sealed class EventTypeCatalog : IWebhookEventTypes
{
    private const int MostSamples = 100;

    private readonly Dictionary<string, RegisteredEventType> _types = new(StringComparer.Ordinal);

    public EventTypeCatalog(IEnumerable<RegisteredEventType> types)
    {
        var all = new List<WebhookEventType>();

        foreach (RegisteredEventType type in types)
        {
            if (!_types.TryAdd(type.Type.Name, type))
            {
                throw new InvalidOperationException($"The event type {type.Type.Name} is registered twice; register it once, with all of its configuration.");
            }

            all.Add(type.Type);
        }

        All = all.AsReadOnly();
    }

    public IReadOnlyList<WebhookEventType> All { get; }

    /// <summary>Finds a type; null when none is registered at all, so that a program without a catalog may publish what it likes.</summary>
    /// <exception cref="InvalidOperationException">Types are registered, but not this one.</exception>
    public RegisteredEventType? Find(string name)
    {
        if (_types.TryGetValue(name, out RegisteredEventType? type) || _types.Count == 0)
        {
            return type;
        }

        throw new InvalidOperationException(
            $"The event type {name} is not registered, but others are, so nobody can subscribe to it. Register it: AddWebhooks().AddEventType(…), or check the spelling.");
    }

    public bool Contains(string name) => _types.ContainsKey(name);

    /// <summary>Tells whether samples of a type can be read.</summary>
    public bool HasSource(string name) => _types.TryGetValue(name, out RegisteredEventType? type) && type.HasSource;

    public async Task<IReadOnlyList<WebhookEvent>> ReadSamplesAsync(string eventType, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventType);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostSamples);

        if (!_types.TryGetValue(eventType, out RegisteredEventType? type))
        {
            throw new ArgumentException($"No event type is registered by the name '{eventType}'.", nameof(eventType));
        }

        var context = new WebhookEventContext { Purpose = WebhookEventPurpose.Sample };
        var samples = new List<WebhookEvent>(count);

        await foreach (WebhookEvent sample in type.ReadAsync(context, cancellationToken).ConfigureAwait(false))
        {
            samples.Add(sample);

            if (samples.Count == count)
            {
                break;
            }
        }

        return samples;
    }
}
