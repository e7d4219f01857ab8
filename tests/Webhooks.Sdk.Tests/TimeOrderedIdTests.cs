using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class TimeOrderedIdTests
{
    private const string Prefix = "evt_";

    [Fact]
    public void New_AnyTime_IsAUuidOfVersion7OfNow()
    {
        long before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string id = TimeOrderedId.New(Prefix);

        Guid uuid = Guid.ParseExact(id[Prefix.Length..], "N");
        Assert.StartsWith(Prefix, id, StringComparison.Ordinal);
        Assert.Equal(7, uuid.Version);
        Assert.InRange(uuid.Variant, 8, 11);

        // Ids made by other tests at the same time may push it ahead of the clock by a fraction of a millisecond each.
        long milliseconds = long.Parse(id.AsSpan(Prefix.Length, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.InRange(milliseconds, before, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1000);
    }

    [Fact]
    public void NewKey_ManyInARow_RiseByteForByte()
    {
        Guid[] keys = [.. Enumerable.Range(0, 20_000).Select(static _ => TimeOrderedId.NewKey())];

        Assert.Equal(keys.Order(), keys);
        Assert.Equal(keys.OrderBy(static key => Convert.ToHexString(key.ToByteArray(bigEndian: true)), StringComparer.Ordinal), keys);
        Assert.All(keys, static key => Assert.Equal(7, key.Version));
    }

    [Fact]
    public void New_ManyInARow_AreInTheOrderOfTheirMaking()
    {
        string[] ids = [.. Enumerable.Range(0, 20_000).Select(_ => TimeOrderedId.New(Prefix))];

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task New_ByManyThreadsAtOnce_IsUniqueAndInOrderForEach()
    {
        const int Threads = 8;
        const int Each = 20_000;
        using var start = new Barrier(Threads);

        string[][] ids = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Enumerable.Range(0, Each).Select(_ => TimeOrderedId.New(Prefix)).ToArray();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.All(ids, own => Assert.Equal(own.Order(StringComparer.Ordinal), own));
        Assert.Equal(Threads * Each, new HashSet<string>(ids.SelectMany(own => own), StringComparer.Ordinal).Count);
    }

    [Fact]
    public async Task New_OnAnotherThreadAfterwards_SortsAfterTheFirst()
    {
        string last = TimeOrderedId.New(Prefix);

        for (int i = 0; i < 100; i++)
        {
            string next = await Task.Factory.StartNew(
                () => TimeOrderedId.New(Prefix), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            Assert.True(string.CompareOrdinal(last, next) < 0, $"{next} was made after {last}.");
            last = next;
        }
    }

    [Fact]
    public void New_AnyTwo_DifferInTheirRandomHalves()
    {
        string[] halves = [.. Enumerable.Range(0, 1_000).Select(_ => TimeOrderedId.New(Prefix)[(Prefix.Length + 17)..])];

        Assert.Equal(halves.Length, halves.Distinct(StringComparer.Ordinal).Count());
    }
}
