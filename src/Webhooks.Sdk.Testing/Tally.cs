using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Counts what happens, and lets a test wait until it happened often enough. Thread-safe.
/// </summary>
/// <param name="noun">What is counted, in the plural, for messages.</param>
internal sealed class Tally(string noun)
{
    /// <summary>A test that waits longer than this for something on its own machine waits in vain.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private Exception? _failure;
    private int _count;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public void Add() => Change(count: 1, failure: null);

    /// <summary>Ends every wait, those to come included, unless what it waits for has happened.</summary>
    public void Fail(Exception failure) => Change(count: 0, failure);

    /// <exception cref="WebhookAssertionException">It did not happen in time.</exception>
    public Task WaitForAsync(int count, TimeSpan patience, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        return WaitForCoreAsync(count, patience, cancellationToken);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WaitForCoreAsync(int count, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var impatience = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(impatience.Token, cancellationToken);

        try
        {
            while (!HasHappened(count, out Task change))
            {
                await change.WaitAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();

            throw new WebhookAssertionException(string.Create(
                CultureInfo.InvariantCulture, $"Waited {patience.TotalSeconds} s for {count} {noun}, but only {Count} came."));
        }
    }

    /// <param name="count">How often.</param>
    /// <param name="change">Ends when it is worth asking again.</param>
    private bool HasHappened(int count, out Task change)
    {
        lock (_lock)
        {
            change = _failure is null ? _changed.Task : Task.FromException(_failure);

            return _count >= count;
        }
    }

    private void Change(int count, Exception? failure)
    {
        TaskCompletionSource changed;

        lock (_lock)
        {
            _count += count;
            _failure ??= failure;
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }
}
