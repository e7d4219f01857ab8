using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>The numbers of the events that came to each endpoint, in their order. As small as millions of them require. Thread-safe.</summary>
internal sealed class AnswerLog
{
    private readonly ConcurrentDictionary<string, List<int>> _numbers = new();
    private long _count;

    /// <summary>Gets how many came.</summary>
    public long Count => Volatile.Read(ref _count);

    public void Add(string endpoint, int number)
    {
        List<int> numbers = _numbers.GetOrAdd(endpoint, static _ => []);

        lock (numbers)
        {
            numbers.Add(number);
        }

        Interlocked.Increment(ref _count);
    }

    /// <summary>Gives what came to an endpoint, once nothing comes any more.</summary>
    public IReadOnlyList<int> NumbersOf(string endpoint) => _numbers[endpoint];
}
