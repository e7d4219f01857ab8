using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Cluster;

/// <summary>Whom servers run as, which refuse to run as root: there, as the user postgres.</summary>
internal static class ServerUser
{
    public const string Name = "postgres";

    /// <summary>Makes a directory the user's.</summary>
    public static Task GiveAsync(string directory) => Environment.IsPrivilegedProcess ? RunAsync("chown", Name, directory) : Task.CompletedTask;

    /// <summary>Runs a program as the user, until it ends.</summary>
    /// <exception cref="InvalidOperationException">It cannot be run, or it failed.</exception>
    public static Task RunAsUserAsync(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", [$"--reuid={Name}", $"--regid={Name}", "--clear-groups", program, .. arguments])
            : RunAsync(program, arguments);

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
}
