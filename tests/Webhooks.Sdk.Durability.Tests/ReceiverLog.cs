using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A receiver for many endpoints, each a path, that remembers what came in which order.</summary>
internal sealed class ReceiverLog : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly WebhookReceiver _receiver = WebhookReceiver.Start();
    private readonly List<Arrival> _arrivals = [];

    public ReceiverLog() => _receiver.Answers(Answer);

    /// <summary>Gets or sets what is answered, asked for one request at a time.</summary>
    public Func<Arrival, ReceiverAnswer> Answers { get; set; } = static _ => ReceiverAnswer.Status(200);

    /// <summary>Gets or sets the status that is written down; null: no answer.</summary>
    public Func<Arrival, int?> Status { get; set; } = static _ => 200;

    public Uri UrlOf(string endpoint) => new(_receiver.Url, endpoint);

    /// <summary>Gives what came so far.</summary>
    public Arrival[] Arrivals()
    {
        lock (_lock)
        {
            return [.. _arrivals];
        }
    }

    /// <summary>Waits until what came is enough.</summary>
    public async Task UntilAsync(Func<Arrival[], bool> isEnough, string what)
    {
        using var timer = new PeriodicTimer(Interval);
        long start = Stopwatch.GetTimestamp();

        while (!isEnough(Arrivals()))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"Not within {Patience:c}: {what}. {_arrivals.Count} requests came.");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    private ReceiverAnswer Answer(ReceivedRequest request)
    {
        lock (_lock)
        {
            var arrival = new Arrival(
                request.Target.TrimStart('/'),
                request.Header("webhook-id") ?? string.Empty,
                request.Header(FusedHandler.WorkerHeader) ?? string.Empty,
                Status: null,
                Stopwatch.GetTimestamp());
            arrival = arrival with { Status = Status(arrival) };
            _arrivals.Add(arrival);
            return arrival.Status is { } status and not 200 ? ReceiverAnswer.Status(status) : Answers(arrival);
        }
    }
}
