using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Makes deliveries of events: one for each subscription that wants the event, or one for the endpoint that a request is for.
/// </summary>
internal sealed class FanOutStep(IWebhookStore store, IWebhookEndpoints endpoints, LeaseKeeper leases)
{
    private const int MostFilters = 1000;

    // Publishers may nest deeper than the 64 levels that are read by default.
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly Dictionary<string, bool> _ensured = new(StringComparer.Ordinal);
    private readonly Dictionary<ReadOnlyMemory<byte>, SubscriptionFilter> _filters = new(BytesComparer.Instance);

    /// <summary>Fans out what is pending, a batch of events at most.</summary>
    /// <returns>Whether there was something to do.</returns>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!leases.IsTrusted(BucketLease.FanOutBucket))
        {
            return false;
        }

        int batch = store.Capabilities.MaxBatch;
        IReadOnlyList<PendingEvent> pending = await store.ReadPendingAsync(batch, cancellationToken).ConfigureAwait(false);

        if (pending.Count == 0)
        {
            return false;
        }

        // In the order of publishing: a run of events of one kind at a time.
        for (int start = 0; start < pending.Count;)
        {
            bool isTargeted = pending[start].Event.EndpointId is not null;
            PendingEvent[] run = [.. pending.Skip(start).TakeWhile(each => each.Event.EndpointId is not null == isTargeted)];

            await (isTargeted ? FanOutToTargetsAsync(run, cancellationToken) : FanOutToSubscribersAsync(run, batch, cancellationToken)).ConfigureAwait(false);
            start += run.Length;
        }

        return true;
    }

    private async Task FanOutToTargetsAsync(PendingEvent[] run, CancellationToken cancellationToken)
    {
        await EnsureAsync([.. run.Select(static pending => pending.Event.EndpointId!).Distinct(StringComparer.Ordinal)], cancellationToken).ConfigureAwait(false);
        await store.FanOutAsync(
            run.Select(static pending => new FanOut
            {
                EventKey = pending.Event.Key,
                After = pending.FannedOutTo,
                EndpointIds = [pending.Event.EndpointId!],
            }).ToArray(),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task FanOutToSubscribersAsync(PendingEvent[] run, int pageSize, CancellationToken cancellationToken)
    {
        SubscriberQuery[] queries =
        [
            .. run.Select(static pending => new SubscriberQuery(pending.Event.Owner, EventTypePattern.Covering(pending.Event.Type), pending.FannedOutTo)),
        ];

        if (!await FanOutAtOnceAsync(run, queries, pageSize, cancellationToken).ConfigureAwait(false))
        {
            await FanOutByPagesAsync(run, queries, pageSize, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Events of one kind have the same subscribers: they are read once, when all of them fit into a page.</summary>
    private async ValueTask<bool> FanOutAtOnceAsync(PendingEvent[] run, SubscriberQuery[] queries, int pageSize, CancellationToken cancellationToken)
    {
        var kinds = new Dictionary<(string? Owner, string Type, string? After), int>();
        var distinct = new List<SubscriberQuery>();
        int[] kindOf = new int[run.Length];

        for (int i = 0; i < run.Length; i++)
        {
            ref int kind = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, (run[i].Event.Owner, run[i].Event.Type, run[i].FannedOutTo), out bool isKnown);

            if (!isKnown)
            {
                kind = distinct.Count;
                distinct.Add(queries[i]);
            }

            kindOf[i] = kind;
        }

        IReadOnlyList<Subscriber> page = await store.ReadSubscribersAsync(distinct.ToArray(), default, pageSize, cancellationToken).ConfigureAwait(false);

        if (page.Count == pageSize)
        {
            return false;
        }

        ILookup<int, Subscriber> found = page.ToLookup(static subscriber => subscriber.Query);
        var batch = new List<FanOut>();
        int deliveries = 0;

        for (int i = 0; i < run.Length; i++)
        {
            List<string> wanted = Filter(run[i].Event, found[kindOf[i]]);
            batch.Add(new FanOut { EventKey = run[i].Event.Key, After = run[i].FannedOutTo, EndpointIds = wanted });
            deliveries += wanted.Count;

            if (deliveries >= pageSize || i == run.Length - 1)
            {
                await store.FanOutAsync(batch.ToArray(), cancellationToken).ConfigureAwait(false);
                batch.Clear();
                deliveries = 0;
            }
        }

        return true;
    }

    private async Task FanOutByPagesAsync(PendingEvent[] run, SubscriberQuery[] queries, int pageSize, CancellationToken cancellationToken)
    {
        string?[] after = [.. run.Select(static pending => pending.FannedOutTo)];
        SubscriberCursor cursor = default;
        bool isLastPage;

        do
        {
            IReadOnlyList<Subscriber> page = await store.ReadSubscribersAsync(queries, cursor, pageSize, cancellationToken).ConfigureAwait(false);
            isLastPage = page.Count < pageSize;
            int last = isLastPage ? run.Length - 1 : page[^1].Query;
            string? until = isLastPage ? null : page[^1].EndpointId;
            ILookup<int, Subscriber> found = page.ToLookup(static subscriber => subscriber.Query);
            var batch = new List<FanOut>();

            for (int i = cursor.Query; i <= last; i++)
            {
                batch.Add(new FanOut
                {
                    EventKey = run[i].Event.Key,
                    After = after[i],
                    EndpointIds = Filter(run[i].Event, found[i]),
                    Until = i == last ? until : null,
                });
            }

            await store.FanOutAsync(batch.ToArray(), cancellationToken).ConfigureAwait(false);
            after[last] = until;
            cursor = new SubscriberCursor(last, until);
        }
        while (!isLastPage && leases.IsTrusted(BucketLease.FanOutBucket));
    }

    private List<string> Filter(StoredEvent stored, IEnumerable<Subscriber> subscribers)
    {
        var wanted = new List<string>();
        JsonDocument? data = null;

        try
        {
            foreach (Subscriber subscriber in subscribers)
            {
                if (subscriber.Filter.IsEmpty || (TryParse(stored.Data, ref data) && FilterOf(subscriber).Matches(data.RootElement)))
                {
                    wanted.Add(subscriber.EndpointId);
                }
            }
        }
        finally
        {
            data?.Dispose();
        }

        return wanted;
    }

    // One damaged row must not hold up every event behind it: what cannot be read equals nothing.
    private static bool TryParse(ReadOnlyMemory<byte> json, [NotNullWhen(true)] ref JsonDocument? document)
    {
        try
        {
            document ??= JsonDocument.Parse(json, AnyDepth);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private SubscriptionFilter FilterOf(Subscriber subscriber)
    {
        if (!_filters.TryGetValue(subscriber.Filter, out SubscriptionFilter? filter))
        {
            if (_filters.Count == MostFilters)
            {
                _filters.Clear();
            }

            _filters.Add(subscriber.Filter, filter = SubscriptionFilter.Parse(subscriber.Filter, nameof(subscriber)));
        }

        return filter;
    }

    // A registered endpoint has a row from its first delivery on; whether it is ordered is the registration's to say.
    private async Task EnsureAsync(string[] ids, CancellationToken cancellationToken)
    {
        var missing = new List<StoredEndpoint>();

        foreach (string id in ids)
        {
            bool? ordered = OrderOf(id);

            if (ordered is { } isOrdered && (!_ensured.TryGetValue(id, out bool known) || known != isOrdered))
            {
                missing.Add(new StoredEndpoint { Id = id, Ordered = isOrdered });
            }
        }

        if (missing.Count > 0)
        {
            await store.EnsureEndpointsAsync(missing.ToArray(), cancellationToken).ConfigureAwait(false);
            missing.ForEach(endpoint => _ensured[endpoint.Id] = endpoint.Ordered);
        }
    }

    private bool? OrderOf(string id)
    {
        // An id of a subscription, to which a test event goes, is no name.
        try
        {
            return endpoints.Get(id).Ordered;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException)
        {
            return _ensured.GetValueOrDefault(id);
        }
    }
}
