using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>
/// A PostgreSQL server of its own on a free loopback port, with fsync on. It is stopped and deleted when it is disposed of, and when the process ends in
/// whatever way.
/// </summary>
/// <remarks>PostgreSQL refuses to run as root: there, it runs as the user postgres. Not thread-safe.</remarks>
public sealed class PostgreSqlCluster : IAsyncDisposable
{
    private const string User = "postgres";
    private const string Prefix = "webhooks-postgresql-";

    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    private readonly PostgreSqlBinaries _binaries;
    private readonly string _directory;
    private readonly string _options;
    private readonly StreamWriter _alive;

    private PostgreSqlCluster(PostgreSqlBinaries binaries, string directory, int port, IEnumerable<string> settings)
    {
        _binaries = binaries;
        _directory = directory;
        Port = port;
        _options = string.Join(
            ' ',
            new[] { $"port={port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=on" }
                .Concat(settings).Select(static setting => $"-c '{setting}'"));
        _alive = Watch();
    }

    public int Port { get; }

    public string ConnectionString => $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Username={User};Database=postgres";

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Makes a cluster and starts its server.</summary>
    /// <param name="settings">Settings of the server, such as <c>max_connections=50</c>.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static async Task<PostgreSqlCluster> StartAsync(params string[] settings)
    {
        PostgreSqlBinaries binaries = PostgreSqlBinaries.Find()
            ?? throw new InvalidOperationException("PostgreSQL is not installed: there is no initdb in PATH or under /usr/lib/postgresql.");
        DeleteAbandoned();
        string directory = Directory.CreateTempSubdirectory(Prefix).FullName;

        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", User, directory);
        }

        var cluster = new PostgreSqlCluster(binaries, directory, FreePort(), settings);

        try
        {
            await cluster.AsUserAsync("initdb", "-D", cluster.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-instructions");
            await cluster.StartServerAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes what is left of clusters whose process and whose guard were both killed.</summary>
    private static void DeleteAbandoned()
    {
        foreach (string directory in Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                string pidFile = Path.Combine(directory, "data", "postmaster.pid");
                bool isRunning = File.Exists(pidFile) && ServerProcess.IsRunning(int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture));

                if (!isRunning && DateTime.UtcNow - Directory.GetLastWriteTimeUtc(directory) > LongestStart)
                {
                    Directory.Delete(directory, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
            {
                // Somebody else's, or deleted at this very moment.
            }
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartServerAsync()
    {
        string log = Path.Combine(_directory, "log");

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await AsUserAsync("pg_ctl", "-D", Data, "-w", "-t", "60", "-l", log, "-o", _options, "start");
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
    public Task StopAsync() => AsUserAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <summary>Kills the server's first process by SIGKILL, and waits until the others have seen it. Linux only.</summary>
    public async Task KillAsync()
    {
        string pidFile = Path.Combine(Data, "postmaster.pid");
        int pid = int.Parse(File.ReadLines(pidFile).First(), CultureInfo.InvariantCulture);
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
        File.Delete(pidFile);
    }

    /// <summary>Stops the server and starts it again.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartServerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _alive.DisposeAsync();

        long start = Stopwatch.GetTimestamp();

        while (Directory.Exists(_directory) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            await Task.Yield();
        }
    }

    /// <summary>
    /// Ends the server and deletes its files once the pipe from this process is closed, be it by the kernel. Whoever kills this process with its children
    /// does not find the one that does it: its parent has ended.
    /// </summary>
    private StreamWriter Watch()
    {
        const string Detach = """exec 3<&0; setsid sh -c "$1" "$0" <&3 3<&- > /dev/null 2>&1 &""";
        const string Script =
            """
            cat
            pid=$(head -n 1 "$0/data/postmaster.pid")
            [ -n "$pid" ] && kill -QUIT "$pid"
            for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" || break; sleep 0.2; done
            rm -rf "$0"
            """;
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", Detach, _directory, Script]) { RedirectStandardInput = true })!;
        return shell.StandardInput;
    }

    private Task AsUserAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", [$"--reuid={User}", $"--regid={User}", "--clear-groups", _binaries.PathOf(program), .. arguments])
            : RunAsync(_binaries.PathOf(program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };

        Process process;

        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' cannot be run: {e.Message}", e);
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {errors}{await output}");
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
