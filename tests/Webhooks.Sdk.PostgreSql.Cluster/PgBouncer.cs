using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>
/// A PgBouncer in transaction mode before a server, on a free loopback port: it has few connections, and each transaction gets the one that was idle longest.
/// So no two in a row get the same, and whatever is left in a session is missed at once. Stopped and deleted as <see cref="PostgreSqlCluster"/> is.
/// </summary>
public sealed class PgBouncer : IAsyncDisposable
{
    /// <summary>As many transactions may be open at once.</summary>
    public const int PoolSize = 4;

    private const string Program = "pgbouncer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Kept for as long as the process lives: one that is collected stops.
    private static readonly Lazy<Task<PgBouncer>> Shared = new(static async () => await StartAsync(await PostgreSqlServer.ConnectionStringAsync()));

    private readonly ServerDirectory _directory;

    private PgBouncer(ServerDirectory directory, string connectionString) => (_directory, ConnectionString) = (directory, connectionString);

    /// <summary>Gets why there is none for tests, or null when there is one.</summary>
    public static string? Missing { get; } = PostgreSqlServer.Missing ?? (Find() is null ? "PgBouncer is not installed: install it (apt-get install pgbouncer)." : null);

    public string ConnectionString { get; }

    /// <summary>Gives the one that the tests of a process share, before the server that they share.</summary>
    public static async Task<string> ConnectionStringAsync() => (await Shared.Value).ConnectionString;

    /// <summary>Starts one.</summary>
    /// <param name="server">How the server is connected to.</param>
    /// <exception cref="InvalidOperationException">PgBouncer is not installed, or does not answer.</exception>
    public static async Task<PgBouncer> StartAsync(string server)
    {
        string program = Find() ?? throw new InvalidOperationException("PgBouncer is not installed: there is no pgbouncer in PATH or /usr/sbin.");
        ServerDirectory directory = await ServerDirectory.CreateAsync("webhooks-pgbouncer-", "pid", "TERM");
        var target = new NpgsqlConnectionStringBuilder(server);
        int port = Loopback.FreePort();
        var pooler = new PgBouncer(directory, new NpgsqlConnectionStringBuilder(server) { Host = Loopback.Address, Port = port }.ConnectionString);

        try
        {
            await File.WriteAllTextAsync(directory.PathOf("ini"), Settings(directory, target, port));
            await ServerUser.RunAsUserAsync(program, "-d", "-q", directory.PathOf("ini"));
            await pooler.FillAsync();
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Where(static path => path.Length > 0)
            .Select(static path => Path.Combine(path, Program)).FirstOrDefault(File.Exists);

    private static string Settings(ServerDirectory directory, NpgsqlConnectionStringBuilder server, int port) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        [databases]
        * = host={Quoted(server.Host)} port={server.Port} user={Quoted(server.Username)}{(server.Password is null ? "" : $" password={Quoted(server.Password)}")}
        [pgbouncer]
        pool_mode = transaction
        default_pool_size = {PoolSize}
        server_round_robin = 1
        server_idle_timeout = 0
        max_client_conn = 200
        listen_addr = {Loopback.Address}
        listen_port = {port}
        unix_socket_dir =
        auth_type = any
        pidfile = {directory.PidFile}
        logfile = {directory.PathOf("log")}

        """);

    private static string Quoted(string? text) => $"'{text?.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Waits until it answers, and has it open all of its connections.</summary>
    private async Task FillAsync()
    {
        long start = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));

        while (true)
        {
            try
            {
                await OpenAllAsync();
                return;
            }
            catch (NpgsqlException e) when (e is not PostgresException && Stopwatch.GetElapsedTime(start) < Patience)
            {
                // It does not listen yet.
                await timer.WaitForNextTickAsync();
            }
            catch (NpgsqlException e)
            {
                string log = _directory.PathOf("log");
                throw new InvalidOperationException($"PgBouncer does not answer: {e.Message}\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "")}", e);
            }
        }
    }

    private async Task OpenAllAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(ConnectionString);
        var transactions = new List<NpgsqlTransaction>();

        try
        {
            while (transactions.Count < PoolSize)
            {
                NpgsqlConnection connection = await dataSource.OpenConnectionAsync();
                transactions.Add(await connection.BeginTransactionAsync());
                await using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.ExecuteScalarAsync();
            }
        }
        finally
        {
            foreach (NpgsqlTransaction transaction in transactions)
            {
                await transaction.DisposeAsync();
            }
        }
    }
}
