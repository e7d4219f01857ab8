using System;
using System.Data.Common;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

/// <summary>The application's own table. Every third opportunity is no project.</summary>
internal sealed class Opportunities(SqliteConnection connection) : IAsyncDisposable
{
    public static async Task<Opportunities> OpenAsync(string database)
    {
        var opportunities = new Opportunities(new SqliteConnection($"Data Source={database}"));
        await opportunities.OpenAsync();
        return opportunities;
    }

    public ValueTask<DbTransaction> BeginTransactionAsync() => connection.BeginTransactionAsync();

    public Task<long> AddAsync(DbTransaction transaction) => AskAsync(
        "INSERT INTO opportunity(name, is_project) SELECT 'Bridge ' || (count(*) + 1), count(*) % 3 < 2 FROM opportunity RETURNING id",
        transaction);

    public Task<long> CountProjectsAsync() => AskAsync("SELECT count(*) FROM opportunity WHERE is_project");

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task OpenAsync()
    {
        await connection.OpenAsync();
        await AskAsync("CREATE TABLE IF NOT EXISTS opportunity(id INTEGER PRIMARY KEY, name TEXT NOT NULL, is_project INTEGER NOT NULL)");
    }

    private async Task<long> AskAsync(string sql, DbTransaction? transaction = null)
    {
        await using var command = new SqliteCommand(sql, connection, (SqliteTransaction?)transaction);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }
}
