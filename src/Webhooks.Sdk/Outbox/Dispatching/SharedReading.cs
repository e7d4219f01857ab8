using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Reads rows that many ask for at the same time in few readings: whoever asks while one is under way shares the next, so that no answer is older than its question.
/// Thread-safe.
/// </summary>
/// <param name="read">Reads the rows of keys, without those that are gone.</param>
/// <param name="keyOf">Gives the key of a row.</param>
internal sealed class SharedReading<TKey, TRow>(Func<TKey[], CancellationToken, ValueTask<IReadOnlyList<TRow>>> read, Func<TRow, TKey> keyOf)
    where TKey : notnull
    where TRow : class
{
    private readonly Lock _lock = new();
    private HashSet<TKey> _asked = [];
    private TaskCompletionSource<Dictionary<TKey, TRow>> _next = NewAnswer();
    private bool _isReading;

    /// <summary>Reads the row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the reading, for all who share it.</param>
    /// <returns>The row, or null when it is gone.</returns>
    public async Task<TRow?> FindAsync(TKey key, CancellationToken cancellationToken)
    {
        Task<Dictionary<TKey, TRow>> answer;
        bool isFirst;

        lock (_lock)
        {
            _asked.Add(key);
            answer = _next.Task;
            isFirst = !_isReading;
            _isReading = true;
        }

        if (isFirst)
        {
            _ = ReadAllAsync(cancellationToken);
        }

        return (await answer.ConfigureAwait(false)).GetValueOrDefault(key);
    }

    private static TaskCompletionSource<Dictionary<TKey, TRow>> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        while (TryTake(out TKey[] keys, out TaskCompletionSource<Dictionary<TKey, TRow>> answer))
        {
            try
            {
                answer.SetResult((await read(keys, cancellationToken).ConfigureAwait(false)).ToDictionary(keyOf));
            }
            catch (Exception exception)
            {
                answer.SetException(exception);
            }
        }
    }

    private bool TryTake(out TKey[] keys, out TaskCompletionSource<Dictionary<TKey, TRow>> answer)
    {
        lock (_lock)
        {
            (keys, answer) = ([.. _asked], _next);
            _isReading = keys.Length > 0;

            if (_isReading)
            {
                (_asked, _next) = ([], NewAnswer());
            }

            return _isReading;
        }
    }
}
