using System;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// One run of the dispatcher: keeps leases, makes deliveries of events, reads what is due, and waits, in turns.
/// </summary>
internal sealed class DispatcherRun : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly DispatcherParts _parts;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly WorkSignal _changed;
    private readonly LeaseKeeper _leases;
    private readonly CommitBatcher _commits;
    private readonly WorkInHand _hand;
    private readonly FanOutStep _fanOut;
    private readonly WorkReader _reader;
    private readonly Retention _retention;

    public DispatcherRun(DispatcherParts parts)
    {
        _parts = parts;
        _changed = new WorkSignal(parts.TimeProvider);
        _leases = new LeaseKeeper(parts.Store, parts.TimeProvider, parts.OutboxOptions.LeaseDuration);
        var stop = new EndpointStop(parts);
        _commits = new CommitBatcher(parts, stop, _cancelled.Token);
        var settings = new EndpointSettings(parts.Endpoints, parts.Sealer);
        _hand = new WorkInHand(parts, new DeliveryWorker(parts, settings, _leases, stop), _commits, _changed, _cancelled.Token);
        _commits.Committed = _hand.Release;
        _leases.BucketsInHand = _hand.Buckets;
        _fanOut = new FanOutStep(parts.Store, parts.Endpoints, _leases);
        _reader = new WorkReader(parts.Store, parts.TimeProvider, settings, _leases, _hand);
        _retention = new Retention(parts);
    }

    /// <summary>Works until it is cancelled, whatever the store does.</summary>
    /// <exception cref="InvalidOperationException">The store was written under other keys, or has none.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bool isOpen = false;

        while (true)
        {
            try
            {
                await _parts.Opening.OpenAsync(cancellationToken).ConfigureAwait(false);
                isOpen = true;

                bool isIdle = !await TurnAsync(mayRest: true, cancellationToken).ConfigureAwait(false);
                await _retention.RunAsync(isIdle, cancellationToken).ConfigureAwait(false);

                if (isIdle)
                {
                    await WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && (isOpen || exception is not InvalidOperationException))
            {
                Log.StoreFailed(_parts.Logger, exception.GetType().Name, AfterFailure);
                await Task.Delay(AfterFailure, _parts.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Works until nothing is due and nothing is in hand.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await _parts.Opening.OpenAsync(cancellationToken).ConfigureAwait(false);

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Asked before the reading: what ended since may be due again at once.
            bool wasIdle = _hand.Count == 0;

            if (!await TurnAsync(mayRest: false, cancellationToken).ConfigureAwait(false))
            {
                if (wasIdle)
                {
                    return;
                }

                await _changed.WaitAsync(Poll(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Ends the work: attempts under way may end, their outcomes are committed, and the leases are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        Task ended = _hand.StopAsync();
        await ended.WaitAsync(_parts.OutboxOptions.StopTimeout, _parts.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cancelled.CancelAsync().ConfigureAwait(false);
        await ended.ConfigureAwait(false);
        await _commits.WhenIdleAsync().ConfigureAwait(false);

        try
        {
            await _leases.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The leases run out by themselves.
            Log.StoreFailed(_parts.Logger, exception.GetType().Name, TimeSpan.Zero);
        }

        _cancelled.Dispose();
    }

    private async ValueTask<bool> TurnAsync(bool mayRest, CancellationToken cancellationToken)
    {
        await _leases.KeepAsync(cancellationToken).ConfigureAwait(false);
        bool hasFannedOut = await _fanOut.RunAsync(cancellationToken).ConfigureAwait(false);
        return await _reader.RunAsync(mayRest, _parts.TimeProvider.GetTimestamp(), cancellationToken).ConfigureAwait(false) || hasFannedOut;
    }

    private TimeSpan Poll()
    {
        WebhookOutboxOptions options = _parts.OutboxOptions;
        return options.PollInterval < options.LeaseDuration / 4 ? options.PollInterval : options.LeaseDuration / 4;
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan longest = _hand.TimeToNextTurn is { } next && next < Poll() ? WholeMilliseconds(next) : Poll();
        Task work = _parts.Store.WaitForWorkAsync(longest, over.Token).AsTask();
        Task changed = _changed.WaitAsync(longest, over.Token).AsTask();
        await Task.WhenAny(work, changed).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);

        await Task.WhenAll(work, changed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        if (work.IsFaulted)
        {
            await work.ConfigureAwait(false);
        }
    }

    // Timers count them and drop the rest: a wait for less would be none, over and over.
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));
}
