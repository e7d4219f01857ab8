using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

/// <summary>The application's own tables: opportunities, and what its receiver has received.</summary>
internal sealed class Database(string connectionString)
{
    public async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task CreateTablesAsync()
    {
        await using SqliteConnection connection = await OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            CREATE TABLE IF NOT EXISTS opportunity(id INTEGER PRIMARY KEY, name TEXT NOT NULL, is_project INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS received(id TEXT PRIMARY KEY, line TEXT NOT NULL)
            """;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<Opportunity> AddAsync(DbTransaction transaction, OpportunityDraft draft)
    {
        await using DbCommand command = Command(transaction, $"INSERT INTO opportunity(name, is_project) VALUES({draft.Name}, {draft.IsProject}) RETURNING id");
        return new Opportunity((long)(await command.ExecuteScalarAsync())!, draft.Name, draft.IsProject);
    }

    /// <summary>Remembers a delivery by its id, so that one that comes twice is kept once.</summary>
    public async Task KeepAsync(string id, string line)
    {
        await using SqliteConnection connection = await OpenAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await using DbCommand command = Command(transaction, $"INSERT INTO received(id, line) VALUES({id}, {line}) ON CONFLICT DO NOTHING");
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async IAsyncEnumerable<string> ReadReceivedAsync()
    {
        await using SqliteConnection connection = await OpenAsync();
        await using SqliteCommand command = new("SELECT line FROM received ORDER BY rowid", connection);
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();

        while (await reader.ReadAsync())
        {
            yield return reader.GetString(0);
        }
    }

    /// <summary>Makes a command of the transaction; the values of the text become parameters.</summary>
    public static DbCommand Command(DbTransaction transaction, FormattableString sql)
    {
        DbCommand command = transaction.Connection!.CreateCommand();
        object[] names = new object[sql.ArgumentCount];

        for (int i = 0; i < names.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter($"$p{i}", sql.GetArgument(i)));
            names[i] = $"$p{i}";
        }

        (command.CommandText, command.Transaction) = (string.Format(CultureInfo.InvariantCulture, sql.Format, names), transaction);
        return command;
    }
}
