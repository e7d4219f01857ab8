using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class PendingPositionTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PendingPosition _position;

    public PendingPositionTests()
    {
        _position = new PendingPosition(_time);

        // The first reading is of everything.
        Assert.Equal(0, _position.Next());
    }

    [StoreFact]
    public void Next_BeforeAllThatRanHasEnded_IsWhereItWas()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 7, nextId: 30);

        Assert.Equal(0, _position.Next());
    }

    [StoreFact]
    public void Next_WhenAllThatRanHasEnded_IsBeforeWhatWasTheFirstThen()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 8, nextId: 30);
        Assert.Equal(9, _position.Next());

        // From there on, once more.
        Note(first: 25, oldestId: 29, nextId: 40);
        Assert.Equal(9, _position.Next());
        Note(first: 26, oldestId: 30, nextId: 41);
        Assert.Equal(19, _position.Next());
    }

    [StoreFact]
    public void Next_WhenSomethingWasCommittedLate_IsBeforeIt()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 4, oldestId: 8, nextId: 30);

        Assert.Equal(3, _position.Next());
    }

    [StoreFact]
    public void Next_NothingThere_IsWhereItWas()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        _position.Note(after: 0, first: null);
        Note(first: 20, oldestId: 8, nextId: 30);

        Assert.Equal(9, _position.Next());
    }

    [StoreFact]
    public void Next_ASecondLater_IsEverything_AndNumbersThatBeganAgainAreTakenUp()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 8, nextId: 30);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _position.Next());
        Note(first: 2, oldestId: 30, nextId: 31);
        Assert.Equal(1, _position.Next());
    }

    [StoreFact]
    public void Next_HoweverLongThePositionStays_IsEverythingEachSecondAfterwards()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        _time.Advance(TimeSpan.FromMinutes(10));
        Note(first: 10, oldestId: 5, nextId: 9);
        Note(first: 20, oldestId: 9, nextId: 30);
        Assert.Equal(9, _position.Next());
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, _position.Next());
    }

    [StoreFact]
    public void Note_OfAReadingBehindAPositionThatHasGoneBack_ChangesNothing()
    {
        Note(first: 10, oldestId: 5, nextId: 8);
        Note(first: 20, oldestId: 8, nextId: 30);
        long late = _position.Next();
        _time.Advance(TimeSpan.FromSeconds(1));
        Note(first: 3, oldestId: 30, nextId: 31);
        _position.Note(late, new PendingRow(Event: default, 20, 40, 41));
        _position.Note(late, new PendingRow(Event: default, 25, 50, 51));

        Assert.Equal(2, _position.Next());
    }

    [StoreFact]
    public async Task ReadPending_AppendThatCommitsAfterAnOlderTransaction_ComesBeforeWhatIsPublishedAfterIt()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync(_time);
        StoredEvent[] events = [TestSchema.NewEvent(), TestSchema.NewEvent()];

        // The younger transaction has the smaller number, and is not known to the snapshot when the older one has ended.
        await using NpgsqlTransaction older = await schema.BeginAsync();
        await RunAsync(schema, older, "SELECT pg_current_xact_id()");
        await using NpgsqlTransaction younger = await schema.BeginAsync();
        await RunAsync(schema, younger, Sql.Append, EventRows.Write([events[0]]));
        await RunAsync(schema, older, Sql.Append, EventRows.Write([events[1]]));
        await older.CommitAsync();

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal([events[1].Id], await PendingAsync(store));
        }

        await younger.CommitAsync();
        Assert.Equal([events[0].Id, events[1].Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task ReadPending_AppendThatCommitsLate_ComesBeforeWhatIsPublishedAfterIt()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync(_time);
        await using NpgsqlTransaction slow = await schema.BeginAsync();
        StoredEvent early = TestSchema.NewEvent();
        await RunAsync(schema, slow, Sql.Append, EventRows.Write([early]));

        for (int i = 0; i < 5; i++)
        {
            StoredEvent meanwhile = await AppendAsync(store);
            Assert.Equal([meanwhile.Id], await PendingAsync(store));
            await store.FanOutAsync(new[] { new FanOut { EventKey = meanwhile.Key, EndpointIds = [] } });
        }

        StoredEvent waiting = await AppendAsync(store);
        Assert.Equal([waiting.Id], await PendingAsync(store));
        await slow.CommitAsync();
        StoredEvent late = await AppendAsync(store);

        Assert.Equal([early.Id, waiting.Id, late.Id], await PendingAsync(store));
    }

    [StoreFact]
    public async Task ReadPending_WhatIsDone_IsNotPassedAgainForASecond()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync(_time);
        StoredEvent done = await AppendAsync(store);
        await store.FanOutAsync(new[] { new FanOut { EventKey = done.Key, EndpointIds = [] } });
        StoredEvent waiting = await AppendAsync(store);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        string[] passed;

        // It moves when nothing is left that ran before, in other suites on the same server, either. A number from before shows where it is.
        do
        {
            await timer.WaitForNextTickAsync(patience.Token);
            Assert.Equal([waiting.Id], await PendingAsync(store));
            long number = (await schema.ReadAsync<long>("SELECT n FROM webhooks.pending"))[0];
            await schema.RunAsync("UPDATE webhooks.pending SET n = 1");
            passed = await PendingAsync(store);
            await schema.RunAsync($"UPDATE webhooks.pending SET n = {number}");
        }
        while (passed.Length > 0);

        await schema.RunAsync("UPDATE webhooks.pending SET n = 1");
        Assert.Empty(await PendingAsync(store));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([waiting.Id], await PendingAsync(store));
        Assert.Equal([waiting.Id], await PendingAsync(store));
    }

    private static async Task RunAsync(TestSchema schema, NpgsqlTransaction transaction, string sql, params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = Database.On(transaction.Connection!, new SchemaName(schema.Name).In(sql), parameters);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<StoredEvent> AppendAsync(PostgreSqlWebhookStore store) => (await store.AppendAsync(new[] { TestSchema.NewEvent() }))[0];

    private static async Task<string[]> PendingAsync(PostgreSqlWebhookStore store) =>
        [.. (await store.ReadPendingAsync(100)).Select(static pending => pending.Event.Id)];

    private void Note(long first, ulong oldestId, ulong nextId) => _position.Note(_position.Next(), new PendingRow(Event: default, first, oldestId, nextId));
}
