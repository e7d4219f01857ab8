using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>
/// The files of a server, which belong to the user that it runs as. It is ended and they are deleted when this is disposed of, and when the process ends in
/// whatever way.
/// </summary>
internal sealed class ServerDirectory : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(10);

    private readonly string _path;
    private readonly string _pidFile;
    private readonly StreamWriter _alive;

    private ServerDirectory(string path, string pidFile, string signal)
    {
        (_path, _pidFile) = (path, pidFile);
        _alive = Watch(signal);
    }

    /// <summary>Makes one.</summary>
    /// <param name="prefix">What the names of such directories begin with.</param>
    /// <param name="pidFile">Where in it the server writes its process id, in the first line.</param>
    /// <param name="signal">What ends the server at once.</param>
    public static async Task<ServerDirectory> CreateAsync(string prefix, string pidFile, string signal)
    {
        DeleteAbandoned(prefix, pidFile);
        string path = Directory.CreateTempSubdirectory(prefix).FullName;
        await ServerUser.GiveAsync(path);
        return new ServerDirectory(path, pidFile, signal);
    }

    public string PidFile => PathOf(_pidFile);

    public string PathOf(string file) => Path.Combine(_path, file);

    public async ValueTask DisposeAsync()
    {
        await _alive.DisposeAsync();

        long start = Stopwatch.GetTimestamp();

        while (Directory.Exists(_path) && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10))
        {
            await Task.Yield();
        }
    }

    /// <summary>Deletes what is left of servers whose process and whose guard were both killed.</summary>
    private static void DeleteAbandoned(string prefix, string pidFile)
    {
        foreach (string directory in Directory.GetDirectories(Path.GetTempPath(), $"{prefix}*"))
        {
            try
            {
                string file = Path.Combine(directory, pidFile);
                bool isRunning = File.Exists(file) && ServerProcess.IsRunning(int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture));

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

    /// <summary>
    /// Ends the server and deletes its files once the pipe from this process is closed, be it by the kernel. Whoever kills this process with its children
    /// does not find the one that does it: its parent has ended.
    /// </summary>
    private StreamWriter Watch(string signal)
    {
        const string Detach = """exec 3<&0; setsid sh -c "$1" "$0" "$2" "$3" <&3 3<&- > /dev/null 2>&1 &""";
        const string Script =
            """
            cat
            pid=$(head -n 1 "$1")
            [ -n "$pid" ] && kill -"$2" "$pid"
            for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" || break; sleep 0.2; done
            rm -rf "$0"
            """;
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", Detach, _path, Script, PidFile, signal]) { RedirectStandardInput = true })!;
        return shell.StandardInput;
    }
}
