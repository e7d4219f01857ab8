using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class StoreFileTests
{
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("Data Source=:memory:", "in memory would lose every event")]
    [InlineData("Data Source=name;Mode=Memory;Cache=Shared", "in memory would lose every event")]
    [InlineData("", "has none")]
    [InlineData("Data Source=file:x.db?mode=memory", "the URI 'file:x.db?mode=memory'")]
    [InlineData("Data Source=x.db;Mode=ReadOnly", "leave Mode=ReadOnly")]
    [InlineData("Data Source=x.db;Cache=Shared", "leave Mode=ReadOnly")]
    public void Create_WhatIsNoFileToWrite_IsRefused(string connectionString, string expected)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new StoreFile(connectionString));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_OfARelativeName_IsFull()
    {
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "a.db"), new StoreFile("Data Source=a.db").Path);
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "a.db"), new StoreFile("Data Source=|DataDirectory|/a.db").Path);
    }

    [Fact]
    public void RefuseNetwork_OfANetworkDrive_SaysWhy()
    {
        var file = new StoreFile("Data Source=/mnt/share/a.db");

        WebhookStoreException refused = Assert.Throws<WebhookStoreException>(
            () => file.RefuseNetwork(directory => directory == "/mnt/share" ? DriveType.Network : DriveType.Fixed));

        Assert.False(refused.IsTransient);
        Assert.Contains("'/mnt/share/a.db' is on a network file system", refused.Message, StringComparison.Ordinal);
        file.RefuseNetwork(_ => DriveType.Fixed);
        Assert.NotEqual(DriveType.Network, StoreFile.DriveTypeOf(Path.GetTempPath()));
    }

    [Fact]
    public async Task Open_TablesOfANewerVersion_AreRefused()
    {
        using StoreFixture first = await StoreFixture.OpenAsync();
        await first.OnWriterAsync("UPDATE webhooks_schema SET version = 2");

        WebhookStoreException refused = await Assert.ThrowsAsync<WebhookStoreException>(() => StoreFixture.OpenAsync(first.Directory));

        Assert.False(refused.IsTransient);
        Assert.Contains("are of version 2, and this version of Webhooks.Sdk.Sqlite knows 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TheApplicationsOwnDatabase_LeavesWhatIsItsOwn()
    {
        using var directory = new TemporaryDirectory();
        await directory.ReadAsync<long>("CREATE TABLE event(id INTEGER); INSERT INTO event VALUES(7); PRAGMA user_version = 42; SELECT 1");

        using StoreFixture fixture = await StoreFixture.OpenAsync(directory);
        await fixture.AppendAsync();

        Assert.Equal(42, await directory.ReadAsync<long>("PRAGMA user_version"));
        Assert.Equal(7, await directory.ReadAsync<long>("SELECT id FROM event"));
        Assert.Equal(
            0, await directory.ReadAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'webhooks_%' AND name NOT LIKE 'sqlite_%' AND name <> 'event'"));
    }

    [Fact]
    public async Task Open_ByManyAtOnce_CreatesTheTablesOnce()
    {
        using var directory = new TemporaryDirectory();

        StoreFixture[] stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => StoreFixture.OpenAsync(directory))));
        StoredEvent[] added = await Task.WhenAll(stores.Select(store => store.AppendAsync()));

        Assert.Equal(added.Select(webhookEvent => webhookEvent.Id).Order(), (await stores[0].PendingAsync()).Order());
        Array.ForEach(stores, store => store.Dispose());
    }

    [Fact]
    public async Task Use_BeforeOpening_SaysWhatToCall()
    {
        using var store = new SqliteWebhookStore(new StoreFile("Data Source=never.db"), TimeProvider.System);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.ReadPendingAsync(1));

        Assert.Contains("OpenAsync", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_OfTwoStoresOnOneFile_IsHeldByOne()
    {
        var time = new ManualTimeProvider();
        using StoreFixture first = await StoreFixture.OpenAsync(timeProvider: time);
        using StoreFixture second = await StoreFixture.OpenAsync(first.Directory, time);
        BucketLease held = (await first.Store.AcquireAsync("first", 257, LeaseLength))[0];

        Assert.Empty(await second.Store.AcquireAsync("second", 257, LeaseLength));
        time.Advance(LeaseLength);
        BucketLease taken = (await second.Store.AcquireAsync("second", 257, LeaseLength))[0];

        Assert.True(taken.Epoch > held.Epoch);
        Assert.Empty(await first.Store.RenewAsync("first", LeaseLength));
    }

    [Fact]
    public async Task Release_OfSomeBuckets_KeepsTheFileUntilTheLastIsReleased()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await fixture.Store.AcquireAsync("first", 257, LeaseLength);

        await fixture.Store.ReleaseAsync("first", Enumerable.Range(0, 256).ToArray());
        Assert.Empty(await fixture.Store.AcquireAsync("second", 257, LeaseLength));
        await fixture.Store.ReleaseAsync("first", new[] { 256 });

        Assert.Equal(257, (await fixture.Store.AcquireAsync("second", 257, LeaseLength)).Count);
    }

    [Fact]
    public async Task WaitForWork_EventOfAnotherStoreOnTheFile_Wakes()
    {
        using StoreFixture first = await StoreFixture.OpenAsync();
        using StoreFixture second = await StoreFixture.OpenAsync(first.Directory);
        Task waiting = first.Store.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();

        StoredEvent added = await second.AppendAsync();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([added.Id], await first.PendingAsync());
    }

    [Fact]
    public void Utf8Order_SortsAsSqliteDoes()
    {
        string[] sorted = ["", "B", "a", "aa", "é", "\uE000", "\U0001F600", "\U0001F600a"];

        Assert.Equal(sorted, sorted.Reverse().Order(Utf8Order.Instance));
        Assert.Equal((-1, 1, 0), (Math.Sign(Utf8Order.Instance.Compare(null, "")), Math.Sign(Utf8Order.Instance.Compare("", null)), Utf8Order.Instance.Compare(null, null)));
    }
}
