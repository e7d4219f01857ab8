using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;

namespace Webhooks.Sdk.PostgreSql.Tests;

public sealed class WakeUpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [StoreFact]
    public async Task Append_OnAnotherNode_WakesWhoWaits()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore waiting = await schema.OpenAsync();
        PostgreSqlWebhookStore publishing = await schema.OpenAsync();
        Task woken = waiting.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        await ListenersAsync(schema, 1);

        await publishing.AppendAsync(new[] { TestSchema.NewEvent() });

        await woken.WaitAsync(Patience);
    }

    [StoreFact]
    public async Task Listen_ConnectionThatIsKilled_IsOpenedAgain()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore waiting = await schema.OpenAsync();
        PostgreSqlWebhookStore publishing = await schema.OpenAsync();
        Task woken = waiting.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        await ListenersAsync(schema, 1);
        await schema.ReadAsync<bool>($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN \"{schema.Name}\"'");

        // What was notified meanwhile is unknown, so that ends a wait, too.
        await woken.WaitAsync(Patience);
        woken = waiting.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        await ListenersAsync(schema, 1);
        await publishing.AppendAsync(new[] { TestSchema.NewEvent() });

        await woken.WaitAsync(Patience);
    }

    [StoreFact]
    public async Task Listen_SwitchedOff_KeepsNoConnectionAndNotifiesNobody()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore silent = await schema.OpenAsync(listen: false);
        PostgreSqlWebhookStore listening = await schema.OpenAsync();
        Task woken = listening.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask();
        await silent.WaitForWorkAsync(TimeSpan.FromMilliseconds(1));
        await ListenersAsync(schema, 1);

        await silent.AppendAsync(new[] { TestSchema.NewEvent() });
        await silent.WaitForWorkAsync(TimeSpan.FromHours(1)).AsTask().WaitAsync(Patience);

        Assert.False(woken.IsCompleted);
        await ListenersAsync(schema, 1);
    }

    [StoreFact]
    public async Task Append_ManyAtOnce_NotifyFewTimes()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        var heard = new ConcurrentQueue<string>();
        await using NpgsqlConnection listener = await schema.DataSource.OpenConnectionAsync();
        listener.Notification += (_, notification) => heard.Enqueue(notification.Payload);
        await using var listen = new NpgsqlCommand($"LISTEN \"{schema.Name}\"", listener);
        await listen.ExecuteNonQueryAsync();
        using var patience = new CancellationTokenSource(Patience);
        long start = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ => await store.AppendAsync(new[] { TestSchema.NewEvent() })));
        double windows = TimeProvider.System.GetElapsedTime(start) / TimeSpan.FromMilliseconds(10);
        await listener.WaitAsync(patience.Token);

        Assert.InRange(heard.Count, 1, windows + 2);
    }

    private static async Task ListenersAsync(TestSchema schema, int count)
    {
        using var patience = new CancellationTokenSource(Patience);

        while ((await schema.ReadAsync<int>($"SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN \"{schema.Name}\"' AND state = 'idle'")).Count != count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
