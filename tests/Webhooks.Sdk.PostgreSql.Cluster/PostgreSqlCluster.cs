using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>
/// A PostgreSQL server of its own on a free loopback port, with fsync on. It is stopped and deleted when it is disposed of, and when the process ends in
/// whatever way.
/// </summary>
/// <remarks>PostgreSQL refuses to run as root: there, it runs as the user postgres. Not thread-safe.</remarks>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private readonly PostgreSqlBinaries _binaries;
    private readonly ServerDirectory _directory;
    private readonly string _options;

    private PostgreSqlCluster(PostgreSqlBinaries binaries, ServerDirectory directory, int port, IEnumerable<string> settings)
    {
        _binaries = binaries;
        _directory = directory;
        Port = port;
        _options = string.Join(
            ' ',
            new[] { $"port={port.ToString(CultureInfo.InvariantCulture)}", $"listen_addresses={Loopback.Address}", "unix_socket_directories=", "fsync=on" }
                .Concat(settings).Select(static setting => $"-c '{setting}'"));
    }

    public int Port { get; }

    public string ConnectionString =>
        $"Host={Loopback.Address};Port={Port.ToString(CultureInfo.InvariantCulture)};Username={ServerUser.Name};Database=postgres";

    private string Data => _directory.PathOf("data");

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="settings">Settings of the server, such as <c>max_connections=50</c>.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static async Task<PostgreSqlCluster> StartAsync(params string[] settings)
    {
        PostgreSqlBinaries binaries = PostgreSqlBinaries.Find()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: there is no initdb in PATH or under /usr/lib/postgresql.");
        ServerDirectory directory = await ServerDirectory.CreateAsync("webhooks-postgresql-", "data/postmaster.pid", "QUIT");
        var cluster = new PostgreSqlCluster(binaries, directory, Loopback.FreePort(), settings);

        try
        {
            await cluster.RunAsync("initdb", "-D", cluster.Data, "-U", ServerUser.Name, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions");
            await cluster.StartServerAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartServerAsync()
    {
        string log = _directory.PathOf("log");

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await RunAsync("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", log, "-o", _options, "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < 20)
            {
                // Processes of a killed server need a moment to see that it is gone.
                await Task.Yield();
            }
            catch (InvalidOperationException e)
            {
                throw new InvalidOperationException($"{e.Message}\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "")}", e);
            }
        }
    }

    /// <summary>Stops the server without a checkpoint, as a loss of power would: connections break, and it recovers at the next start.</summary>
    public Task StopAsync() => RunAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>Kills the server's first process by SIGKILL, and waits until the others have seen it. Linux only.</summary>
    public async Task KillAsync()
    {
        int pid = int.Parse(File.ReadLines(_directory.PidFile).First(), CultureInfo.InvariantCulture);
        int[] children = [.. ServerProcess.ChildrenOf(pid)];

        using (var postmaster = Process.GetProcessById(pid))
        {
            postmaster.Kill();
        }

        while (children.Append(pid).Any(ServerProcess.IsRunning))
        {
            await Task.Yield();
        }

        // Where nobody buries dead processes, the next server would take the file for that of a living one.
        File.Delete(_directory.PidFile);
    }

    /// <summary>Stops the server and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartServerAsync();
    }

    public ValueTask DisposeAsync() => _directory.DisposeAsync();

    private Task RunAsync(string program, params string[] arguments) => ServerUser.RunAsUserAsync(_binaries.PathOf(program), arguments);
}
