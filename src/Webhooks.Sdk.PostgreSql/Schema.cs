using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>Creates the tables, brings them to this version, or checks that this version can work with them.</summary>
internal sealed class Schema(Database database, IReadOnlyList<Migration> migrations)
{
    private const int OldestServer = 150000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private Migration Newest => migrations[^1];

    /// <exception cref="WebhookStoreException">The server is too old, or the tables are of another major version.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        (bool _, (int Major, int Minor)? found) = await LookAsync(connection: null, cancellationToken).ConfigureAwait(false);

        // Without the lock as a rule: nodes start all the time, and the schema changes seldom.
        if (found is null || IsOlder(found.Value))
        {
            found = await MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        if (found is { } version && version.Major != Newest.Major)
        {
            throw new WebhookStoreException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The webhook tables in schema {database.Schema.Quoted} of {database.Address} are of version {version.Major}.{version.Minor}, and this version of Webhooks.Sdk.PostgreSql works with {Newest.Major}.x. Use the newest version of the package on every node, or another schema."),
                isTransient: false);
        }
    }

    private bool IsOlder((int Major, int Minor) found) => found.CompareTo((Newest.Major, Newest.Minor)) < 0;

    /// <summary>Migrates, again and again while transactions that use the tables are in the way.</summary>
    private async Task<(int Major, int Minor)?> MigrateAsync(CancellationToken cancellationToken)
    {
        for (long start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await database.InTransactionAsync(connection => MigrateAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (WebhookStoreException exception) when (
                exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } && Stopwatch.GetElapsedTime(start) < LongestWait)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<(int Major, int Minor)?> MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RunAsync(connection, Sql.LockSchema, cancellationToken, Parameter.Of($"webhooks:{database.Schema.Name}")).ConfigureAwait(false);
        await RunAsync(connection, Sql.WaitBriefly, cancellationToken).ConfigureAwait(false);
        (bool hasSchema, (int Major, int Minor)? found) = await LookAsync(connection, cancellationToken).ConfigureAwait(false);

        if (!hasSchema)
        {
            await RunAsync(connection, $"CREATE SCHEMA {database.Schema.Quoted}", cancellationToken).ConfigureAwait(false);
        }

        (int Major, int Minor) version = found ?? default;

        // Another node may have been faster.
        foreach (Migration migration in migrations.Where(migration => (migration.Major, migration.Minor).CompareTo(version) > 0))
        {
            await RunAsync(connection, migration.Script, cancellationToken).ConfigureAwait(false);
            version = (migration.Major, migration.Minor);
        }

        await RunAsync(connection, Sql.SetVersion, cancellationToken, Parameter.Of(version.Major), Parameter.Of(version.Minor)).ConfigureAwait(false);
        return version;
    }

    private async Task<(bool HasSchema, (int Major, int Minor)? Version)> LookAsync(NpgsqlConnection? connection, CancellationToken cancellationToken)
    {
        (int server, bool hasSchema, bool hasVersion) = (await database.ReadAsync(
            Command(connection, Sql.LookAtSchema, Parameter.Of(database.Schema.Name)),
            static row => (row.GetInt32(0), row.GetBoolean(1), row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false))[0];

        if (server < OldestServer)
        {
            throw new WebhookStoreException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The server of {database.Address} is PostgreSQL {server / 10000}; the store needs {OldestServer / 10000} or later."),
                isTransient: false);
        }

        return hasVersion
            ? (hasSchema, (await database.ReadAsync(
                Command(connection, Sql.ReadVersion), static row => (row.GetInt32(0), row.GetInt32(1)), cancellationToken).ConfigureAwait(false))[0])
            : (hasSchema, null);
    }

    private NpgsqlCommand Command(NpgsqlConnection? connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        connection is null ? database.Command(database.Text(sql), parameters) : Database.On(connection, database.Text(sql), parameters);

    private async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        NpgsqlCommand command = Database.On(connection, database.Schema.In(sql), parameters);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
