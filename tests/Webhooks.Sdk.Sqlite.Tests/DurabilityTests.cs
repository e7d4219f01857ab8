using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class DurabilityTests
{
    [Theory]
    [InlineData("PRAGMA synchronous", 2)]
    [InlineData("PRAGMA busy_timeout", 5000)]
    [InlineData("PRAGMA auto_vacuum", 2)]
    public async Task Open_TheWritersConnection_IsSetToSurvive(string question, long expected)
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();

        Assert.Equal(expected, await fixture.OnWriterAsync("SELECT 1", question));
    }

    [Fact]
    public async Task Open_AfterTheLogWasTornAnywhere_HasEveryEventBeforeTheTear()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        string log = $"{fixture.Directory.Database}-wal";
        var acknowledged = new List<(string Id, long LogBytes)>();

        for (int i = 0; i < 40; i++)
        {
            StoredEvent added = await fixture.AppendAsync(bytes: i * 100);
            acknowledged.Add((added.Id, new FileInfo(log).Length));
        }

        // A fixed seed: a failure can be looked at again.
        var random = new Random(20260301);

        for (int run = 0; run < 25; run++)
        {
            long cut = random.NextInt64(new FileInfo(log).Length + 1);
            using var torn = new TemporaryDirectory();
            File.Copy(fixture.Directory.Database, torn.Database);
            File.Copy(log, $"{torn.Database}-wal");

            using (FileStream stream = File.OpenWrite($"{torn.Database}-wal"))
            {
                stream.SetLength(cut);
            }

            using StoreFixture survivor = await StoreFixture.OpenAsync(torn);
            string[] expected = [.. acknowledged.Where(row => row.LogBytes <= cut).Select(row => row.Id)];
            Assert.Equal(expected, await survivor.PendingAsync());
            Assert.Equal("ok", await torn.ReadAsync<string>("PRAGMA integrity_check"));
        }
    }

    [Fact]
    public async Task Append_OnceTheDiskIsFull_FailsUntilThereIsSpaceAndLosesNothing()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await fixture.OnWriterAsync("PRAGMA max_page_count = 60");
        var acknowledged = new List<string>();
        WebhookStoreException? full = null;

        while (full is null)
        {
            full = await Record.ExceptionAsync(async () => acknowledged.Add((await fixture.AppendAsync(2000)).Id)) as WebhookStoreException;
            Assert.InRange(acknowledged.Count, 0, 100);
        }

        Assert.True(full.IsTransient);
        Assert.Contains($"'{fixture.Directory.Database}' is full", full.Message, StringComparison.Ordinal);
        Assert.Equal(acknowledged, await fixture.PendingAsync());

        await fixture.OnWriterAsync("PRAGMA max_page_count = 10000");
        acknowledged.Add((await fixture.AppendAsync(2000)).Id);

        Assert.Equal(acknowledged, await fixture.PendingAsync());
        Assert.Equal("ok", await fixture.Directory.ReadAsync<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Append_OneOfAGroupFindsNoSpace_TheOthersAreStored()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await fixture.OnWriterAsync("PRAGMA max_page_count = 100");
        using System.Threading.ManualResetEventSlim release = await fixture.HoldWriterAsync();
        Task<StoredEvent> first = fixture.AppendAsync();
        Task<StoredEvent> large = fixture.AppendAsync(1_000_000);
        Task<StoredEvent> last = fixture.AppendAsync();

        release.Set();

        await Assert.ThrowsAsync<WebhookStoreException>(() => large);
        Assert.Equal([(await first).Id, (await last).Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Append_WhileAnotherTransactionWrites_FailsAsTransientAndThenGoesOn()
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();
        await fixture.OnWriterAsync("PRAGMA busy_timeout = 20");

        await using (await fixture.Directory.BeginTransactionAsync())
        {
            WebhookStoreException locked = await Assert.ThrowsAsync<WebhookStoreException>(() => fixture.AppendAsync());

            Assert.True(locked.IsTransient);
            Assert.Contains("is locked", locked.Message, StringComparison.Ordinal);
        }

        Assert.Equal([(await fixture.AppendAsync()).Id], await fixture.PendingAsync());
    }

    [Fact]
    public async Task Open_AFileThatIsNoDatabase_IsNotTransient()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.Database, new string('x', 10_000));

        WebhookStoreException damaged = await Assert.ThrowsAsync<WebhookStoreException>(() => StoreFixture.OpenAsync(directory));

        Assert.False(damaged.IsTransient);
        Assert.Contains("is damaged, or no SQLite database", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DirectoryThatIsNotThere_SaysWhatIsNeeded()
    {
        using var store = new SqliteWebhookStore(new StoreFile("Data Source=/nowhere/at/all.db"), TimeProvider.System);

        WebhookStoreException refused = await Assert.ThrowsAsync<WebhookStoreException>(async () => await store.OpenAsync());

        Assert.False(refused.IsTransient);
        Assert.Contains("needs to write the file and its directory", refused.Message, StringComparison.Ordinal);
    }
}
