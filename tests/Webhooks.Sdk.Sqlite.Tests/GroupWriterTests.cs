using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class GroupWriterTests
{
    [Fact]
    public async Task Write_WhileTheWriterIsBusy_SharesOneTransaction()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        using ManualResetEventSlim release = await fixture.HoldWriterAsync();
        Task<StoredEvent>[] publishes = [.. Enumerable.Range(0, 64).Select(_ => fixture.AppendAsync())];
        long before = fixture.Store.Writer.Commits;

        release.Set();
        await Task.WhenAll(publishes);

        Assert.Equal(before + 2, fixture.Store.Writer.Commits);
        Assert.Equal(publishes.Select(publish => publish.Result.Id), await fixture.PendingAsync());
    }

    [Fact]
    public async Task Write_By64Publishers_CommitsFarFewerTimesThanItIsAsked()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        long before = fixture.Store.Writer.Commits;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await fixture.AppendAsync();
            }
        })));

        Assert.InRange(fixture.Store.Writer.Commits - before, 1, 64 * 20 / 4);
        Assert.Equal(64 * 20, (await fixture.PendingAsync()).Length);
    }

    [Fact]
    public async Task Write_OneOfAGroupFails_OnlyItFails()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        StoredEvent first = await fixture.AppendAsync();
        using ManualResetEventSlim release = await fixture.HoldWriterAsync();
        Task<StoredEvent> before = fixture.AppendAsync();
        Task failing = fixture.Store.AppendAsync(new[] { StoreFixture.NewEvent() with { Key = first.Key } }).AsTask();
        Task<StoredEvent> after = fixture.AppendAsync();

        release.Set();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => failing);
        Assert.Contains(first.Key.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Equal([first.Id, (await before).Id, (await after).Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Write_CancelledBeforeItsTurn_WritesNothing()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        using ManualResetEventSlim release = await fixture.HoldWriterAsync();
        using var cancellation = new CancellationTokenSource();
        Task cancelled = fixture.Store.AppendAsync(new[] { StoreFixture.NewEvent() }, cancellationToken: cancellation.Token).AsTask();
        Task<StoredEvent> kept = fixture.AppendAsync();

        await cancellation.CancelAsync();
        release.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal([(await kept).Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Dispose_WhileSomethingIsQueued_WritesItFirst()
    {
        using var directory = new TemporaryDirectory();
        StoreFixture fixture = await StoreFixture.OpenAsync(directory);
        ManualResetEventSlim release = await fixture.HoldWriterAsync();
        Task<StoredEvent> queued = fixture.AppendAsync();
        Task disposed = Task.Run(fixture.Dispose);

        release.Set();
        await disposed;

        using StoreFixture again = await StoreFixture.OpenAsync(directory);
        Assert.Equal([(await queued).Id], await again.PendingAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fixture.AppendAsync());
        release.Dispose();
    }

    [Fact]
    public async Task Purge_GivesPagesBackToTheFileSystem()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        var added = new List<FanOut>();

        for (int i = 0; i < 100; i++)
        {
            added.Add(new FanOut { EventKey = (await fixture.AppendAsync(20_000)).Key, EndpointIds = [] });
        }

        await fixture.Store.FanOutAsync(added.ToArray());
        long before = await PagesAsync(fixture);

        Assert.Equal(100, await fixture.Store.PurgeAsync(TimeSpan.Zero, TimeSpan.Zero, 1000));

        // In idle time: each question is a little more of it.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while (await PagesAsync(fixture) > before / 4)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(0, (await fixture.Store.ReadStatisticsAsync()).Events);
    }

    private static async Task<long> PagesAsync(StoreFixture fixture) => (await fixture.OnWriterAsync("SELECT 1", "PRAGMA page_count"))!.Value;
}
