using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// The queue that a user would write without this library, a careful one: jobs are claimed for a minute, 64 at a time, past those that others have locked, and
/// completed with a row of history each by one statement. Every statement is prepared.
/// </summary>
internal sealed class SkipLockedQueue(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    private const int FillBatch = 1_000;

    private const string Create =
        """
        DROP SCHEMA IF EXISTS queue CASCADE;
        CREATE SCHEMA queue;
        CREATE TABLE queue.event(id uuid PRIMARY KEY, type text NOT NULL, data bytea NOT NULL);
        CREATE TABLE queue.job(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event uuid NOT NULL, endpoint bigint NOT NULL, due_at timestamptz NOT NULL,
            attempt integer NOT NULL DEFAULT 0) WITH (fillfactor = 80);
        CREATE INDEX ON queue.job(due_at, id);
        CREATE TABLE queue.attempt(
            n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event uuid NOT NULL, endpoint bigint NOT NULL, started_at timestamptz NOT NULL,
            duration_ms integer NOT NULL, number integer NOT NULL, status smallint);
        CREATE INDEX ON queue.attempt(event);
        CREATE INDEX ON queue.attempt(endpoint, n);
        """;

    private const string Insert =
        """
        WITH new AS MATERIALIZED (SELECT * FROM unnest($1) WITH ORDINALITY AS new(id, place)),
        stored AS (INSERT INTO queue.event(id, type, data) SELECT id, 'invoice.paid', $2 FROM new)
        INSERT INTO queue.job(event, endpoint, due_at) SELECT id, place % 64, now() FROM new ORDER BY place
        """;

    // The limit is a literal, and ids come before the update: or the server may plan for a tenth of the table, and lock more than it gives.
    private const string Claim =
        """
        UPDATE queue.job SET due_at = now() + interval '60 s', attempt = attempt + 1
        WHERE id = ANY(ARRAY(SELECT id FROM queue.job WHERE due_at <= now() ORDER BY due_at, id LIMIT 64 FOR UPDATE SKIP LOCKED))
        RETURNING id, event, attempt
        """;

    private const string Read = "SELECT id, data FROM queue.event WHERE id = ANY($1)";

    private const string Complete =
        """
        WITH done AS (
            DELETE FROM queue.job j USING unnest($1, $2) AS o(id, attempt) WHERE j.id = o.id AND j.id = ANY($1) AND j.attempt = o.attempt
            RETURNING j.event, j.endpoint, j.attempt)
        INSERT INTO queue.attempt(event, endpoint, started_at, duration_ms, number, status) SELECT event, endpoint, now(), 5, attempt, 200 FROM done
        """;

    public Task CreateAsync() => RunAsync(Create);

    /// <summary>Stores events of some bytes with one job each, all of them due.</summary>
    public async Task FillAsync(int jobs, byte[] data)
    {
        foreach (Guid[] chunk in Enumerable.Range(0, jobs).Select(static _ => Guid.CreateVersion7()).Chunk(FillBatch))
        {
            await using NpgsqlCommand insert = dataSource.CreateCommand(Insert);
            insert.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = chunk });
            insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = data });
            await insert.ExecuteNonQueryAsync();
        }

        await RunAsync("VACUUM (ANALYZE) queue.job");
    }

    /// <summary>Works until nothing is due, with a connection for each worker.</summary>
    /// <param name="workers">How many of them there are.</param>
    /// <param name="send">What is done with each job, by its id and data.</param>
    public Task DrainAsync(int workers, Func<Guid, byte[], Task> send) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(send))));

    public async ValueTask DisposeAsync()
    {
        await RunAsync("DROP SCHEMA IF EXISTS queue CASCADE");
        await dataSource.DisposeAsync();
    }

    private async Task WorkAsync(Func<Guid, byte[], Task> send)
    {
        await using NpgsqlConnection connection = await dataSource.OpenConnectionAsync();
        await using var claim = new NpgsqlCommand(Claim, connection);
        var events = new NpgsqlParameter<Guid[]>();
        await using var read = new NpgsqlCommand(Read, connection) { Parameters = { events } };
        var ids = new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
        var attempts = new NpgsqlParameter<int[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };
        await using var complete = new NpgsqlCommand(Complete, connection) { Parameters = { ids, attempts } };
        events.NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid;
        await claim.PrepareAsync();
        await read.PrepareAsync();
        await complete.PrepareAsync();

        while (await ReadAsync(claim, static row => (Id: row.GetInt64(0), Event: row.GetGuid(1), Attempt: row.GetInt32(2))) is { Count: > 0 } jobs)
        {
            events.TypedValue = [.. jobs.Select(static job => job.Event)];

            foreach ((Guid id, byte[] data) in await ReadAsync(read, static row => (row.GetGuid(0), row.GetFieldValue<byte[]>(1))))
            {
                await send(id, data);
            }

            ids.TypedValue = [.. jobs.Select(static job => job.Id)];
            attempts.TypedValue = [.. jobs.Select(static job => job.Attempt)];
            await complete.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();

        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task RunAsync(string sql)
    {
        await using NpgsqlCommand command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
