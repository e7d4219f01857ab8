using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>How statements find their rows, where there are many.</summary>
public sealed class PlanTests(ITestOutputHelper output)
{
    private const int Backlog = 30_000;

    [StoreFact]
    public async Task HotStatements_WithABacklog_FindTheirRowsByIndexes()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await FillAsync(schema, store);
        string key = (await schema.ReadAsync<Guid>("SELECT event FROM webhooks.delivery LIMIT 1"))[0].ToString();

        await AssertPlanAsync(schema, Sql.ReadDue, ["'{1,2,3,4}'::smallint[]", "'-infinity'", "0"], "delivery_due");
        await AssertPlanAsync(
            schema,
            Sql.ReadInLanes,
            ["'{e1,e2}'::text[]", "'{-infinity,-infinity}'::timestamptz[]", "'{0,0}'::bigint[]", "'{64,64}'::integer[]"],
            "delivery_lane",
            "delivery_order");
        await AssertPlanAsync(schema, Sql.ReadLanes, ["'{1,2}'::smallint[]", "0"], "delivery_lane", "delivery_order", "delivery_pkey");
        await AssertPlanAsync(schema, Sql.ReadNewLanes, ["'{1,2}'::smallint[]", $"{Backlog - 10}"], "delivery_pkey");
        await AssertPlanAsync(schema, Sql.ReadPending, ["0"], "pending_pkey", "pending_begun", "event_default_pkey", "outbox_pkey");
        await AssertPlanAsync(schema, Sql.ReadEvents, [$"'{{{key}}}'::uuid[]"], "_pkey");
        await AssertPlanAsync(
            schema,
            Sql.FanOut,
            [$"'{{{key}}}'::uuid[]", "'{null}'::text[]", "'{null}'::text[]", "'{1}'::bigint[]", "'{e1}'::text[]"],
            "pending_event",
            "outbox_key_key",
            "endpoint_id_key");
        await AssertPlanAsync(schema, Sql.ReadSubscribers, ["'{null}'::text[]", "'{\"\"}'::text[]", "'{\"x\ny\"}'::text[]", "''"], "subscription_pkey", "subscription_owner");
        await AssertPlanAsync(schema, Sql.ReadFirst, ["'k'::text", "null::text"], "idempotency_once", "outbox_key");
        await AssertPlanAsync(
            schema,
            Sql.AppendOnceInTransaction,
            [
                $"'{Guid.CreateVersion7()}'::uuid", "NULL::timestamptz", "NULL::timestamptz", "true", "1", "'e'", "NULL::text", "'x'", "NULL", "NULL", "NULL", "'k'",
                "NULL", "''", "''",
            ],
            "idempotency_once",
            "outbox_key");
    }

    [StoreFact]
    public async Task Commit_OfABatch_TouchesOnlyItsDeliveries()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await FillAsync(schema, store);
        string[] arrays =
        [
            "'{1,2}'::bigint[]", "'{0,0}'::integer[]", "'{0,1}'::smallint[]", "'{0,0}'::interval[]", "'{0,0}'::smallint[]", "'{f,f}'::boolean[]",
            "'{t,t}'::boolean[]", "'{1,1}'::integer[]", "'{now,now}'::timestamptz[]", "'{1,1}'::integer[]", "'{200,503}'::smallint[]", "'{0,1}'::smallint[]",
            "'{null,null}'::text[]",
        ];

        await AssertPlanAsync(schema, Sql.Commit, arrays, "delivery_pkey");
    }

    [StoreFact]
    public async Task ReadDue_BacklogOfOneBucket_IsReadInOrderAcrossPages()
    {
        await using TestSchema schema = await TestSchema.CreateAsync();
        PostgreSqlWebhookStore store = await schema.OpenAsync();
        await FillAsync(schema, store);
        await schema.RunAsync("UPDATE webhooks.delivery SET bucket = 7 WHERE id % 3 = 0 AND lane = 0");
        int[] buckets = [.. Enumerable.Range(0, BucketLease.EndpointBuckets)];
        long[] expected = [.. await schema.ReadAsync<long>("SELECT id FROM webhooks.delivery WHERE lane = 0 ORDER BY due_at, id LIMIT 3000")];
        var read = new List<long>();
        DueCursor cursor = default;

        while (read.Count < expected.Length)
        {
            IReadOnlyList<DueDelivery> page = await store.ReadDueAsync(buckets, cursor, 500);
            Assert.Equal(500, page.Count);
            cursor = page[^1].Cursor;
            read.AddRange(page.Select(static delivery => delivery.Id));
        }

        Assert.Equal(expected, read);
    }

    /// <summary>Gives every statement by its name.</summary>
    internal static Dictionary<string, string> Texts() =>
        typeof(Sql).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(static field => field is { FieldType.Name: nameof(String) } && field.Name != nameof(Sql.CreateSchema))
            .ToDictionary(static field => field.Name, static field => (string)field.GetRawConstantValue()!);

    private static async Task FillAsync(TestSchema schema, PostgreSqlWebhookStore store)
    {
        StoredEvent[] events = [.. Enumerable.Range(0, 200).Select(static _ => TestSchema.NewEvent())];
        await store.AppendAsync(events);
        await store.EnsureEndpointsAsync(Enumerable.Range(0, 300).Select(static i => new StoredEndpoint { Id = $"e{i}" }).ToArray());
        await schema.RunAsync(
            $"""
            INSERT INTO webhooks.delivery(event, endpoint, bucket, lane, due_at)
            SELECT (SELECT key FROM webhooks.event LIMIT 1), p.n, p.bucket, (p.n <= 3)::integer, webhooks.now() - i % 100 * interval '1 s'
            FROM generate_series(1, {Backlog}) i JOIN webhooks.endpoint p ON p.n = CASE WHEN i % 5 = 0 THEN i % 3 ELSE i % 300 END + 1;
            INSERT INTO webhooks.subscription(pattern, endpoint_id) SELECT 'p' || i % 100, 's' || i FROM generate_series(1, {Backlog}) i;
            INSERT INTO webhooks.pending(event, counts_for_health) SELECT gen_random_uuid(), true FROM generate_series(1, {Backlog}) i;
            INSERT INTO webhooks.outbox(key, timestamp, id, type, idempotency_key) SELECT gen_random_uuid(), 1, 'e', 'x', 'u' || i FROM generate_series(1, {Backlog}) i;
            INSERT INTO webhooks.idempotency(key, event) SELECT 'k' || i, gen_random_uuid() FROM generate_series(1, {Backlog}) i;
            ANALYZE webhooks.delivery, webhooks.endpoint, webhooks.subscription, webhooks.idempotency, webhooks.event, webhooks.pending, webhooks.outbox;
            """);
    }

    private async Task AssertPlanAsync(TestSchema schema, string sql, string[] parameters, params string[] indexes)
    {
        string text = Regex.Replace(sql, @"\$(\d+)", match => parameters[int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) - 1]);
        var plan = new StringBuilder();
        await using NpgsqlConnection connection = await schema.DataSource.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();

        if (sql is Sql.ReadDue or Sql.ReadInLanes or Sql.ReadLanes or Sql.ReadNewLanes or Sql.ReadPending)
        {
            await using var keep = new NpgsqlCommand(Sql.KeepToIndexes, connection);
            await keep.ExecuteNonQueryAsync();
        }

        await using var explain = new NpgsqlCommand($"EXPLAIN {new SchemaName(schema.Name).In(text)}", connection);
        await using (NpgsqlDataReader reader = await explain.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                plan.AppendLine(reader.GetString(0));
            }
        }

        output.WriteLine(plan.ToString());
        Assert.All(indexes, index => Assert.True(plan.ToString().Contains(index, StringComparison.Ordinal), $"{index} is not in\n{plan}"));

        // Compiling it would take seconds, each time.
        Assert.DoesNotContain("JIT", plan.ToString(), StringComparison.Ordinal);

        // What comes out of an index needs no sorting but to be merged.
        Assert.DoesNotMatch(@"Sort Key: d_?\d?\.due_at, d_?\d?\.id\n\s+->  (Index|Bitmap)", plan.ToString());
        Assert.DoesNotMatch(@"Seq Scan on (delivery|subscription|idempotency|pending|outbox)\b", plan.ToString());
    }
}
