using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Runs statements, each by itself on any connection of the pool: nothing is kept in a session, so that a pooler may hand each transaction another one.
/// </summary>
internal sealed class Database(NpgsqlDataSource dataSource, SchemaName schema)
{
    // By reference: the texts are constants.
    private readonly ConcurrentDictionary<(string Text, int Limit), string> _statements = new();

    public SchemaName Schema { get; } = schema;

    public NpgsqlDataSource DataSource { get; } = dataSource;

    public DatabaseAddress Address { get; } = DatabaseAddress.Of(dataSource.ConnectionString);

    /// <summary>Gives a statement of <see cref="Sql"/> for the schema, and for a limit.</summary>
    public string Text(string sql, int limit = 0) =>
        _statements.GetOrAdd((sql, limit), static (key, schema) => Limit.In(schema.In(key.Text), key.Limit), Schema);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> RunAsync(string sql, CancellationToken cancellationToken, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        RunAsync(Command(Text(sql), parameters), cancellationToken);

    /// <summary>Reads all rows of a statement.</summary>
    public Task<List<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        ReadAsync(Command(Text(sql), parameters), read, cancellationToken);

    /// <summary>Reads the rows of a statement, no more than the limit.</summary>
    public Task<List<T>> ReadAsync<T>(
        string sql, int limit, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        ReadAsync(Command(Text(sql, limit), parameters), read, cancellationToken);

    public async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            return await ReadAllAsync(command.ExecuteReaderAsync(cancellationToken), results: 1, read, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Reads the first rows of an order that an index has, no more than the limit. The server is kept from reading all rows to sort them, which it believes to
    /// be cheaper wherever one bucket or endpoint has many times more than the others.
    /// </summary>
    public async Task<List<T>> ReadInOrderAsync<T>(
        string sql, int limit, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        // One round trip and one transaction, to the end of which the setting lasts.
        NpgsqlBatch batch = DataSource.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.KeepToIndexes));
            var command = new NpgsqlBatchCommand(Text(sql, limit));
            Array.ForEach(parameters, parameter => command.Parameters.Add(parameter));
            batch.BatchCommands.Add(command);
            return await ReadAllAsync(batch.ExecuteReaderAsync(cancellationToken), results: 2, read, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs several statements in one transaction.</summary>
    public async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnection connection = await DataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    T result = await work(connection).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                    return result;
                }
            }
        }
        catch (Exception exception) when (PostgreSqlFault.IsFault(exception))
        {
            throw PostgreSqlFault.Of(Address.ToString(), exception);
        }
    }

    /// <summary>Makes a command of a connection, within whose transaction it runs.</summary>
    public static NpgsqlCommand On(NpgsqlConnection connection, string text, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        Bind(new NpgsqlCommand(text, connection), parameters);

    public NpgsqlCommand Command(string text, params ReadOnlySpan<NpgsqlParameter> parameters) => Bind(DataSource.CreateCommand(text), parameters);

    public async Task<int> RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
        {
            try
            {
                return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (PostgreSqlFault.IsFault(exception))
            {
                throw PostgreSqlFault.Of(Address.ToString(), exception);
            }
        }
    }

    private static NpgsqlCommand Bind(NpgsqlCommand command, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (NpgsqlParameter parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task<List<T>> ReadAllAsync<T>(
        Task<NpgsqlDataReader> executing, int results, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlDataReader reader = await executing.ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (int i = 1; i < results; i++)
                {
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                var rows = new List<T>();

                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    rows.Add(read(reader));
                }

                return rows;
            }
        }
        catch (Exception exception) when (PostgreSqlFault.IsFault(exception))
        {
            throw PostgreSqlFault.Of(Address.ToString(), exception);
        }
    }
}
