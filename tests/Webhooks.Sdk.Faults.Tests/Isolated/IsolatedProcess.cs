using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Faults.Tests.Isolated;

/// <summary>
/// A program of this assembly, run to its end as a process of its own.
/// </summary>
/// <param name="ExitCode">What the process returned.</param>
/// <param name="Output">What it wrote, complaints included.</param>
internal sealed record IsolatedProcess(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Set by the .NET SDK: the very host that runs the tests, also where several are installed.
    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public static Task<IsolatedProcess> RunAsync(params IEnumerable<string> arguments) =>
        StartAsync(new ProcessStartInfo(Host, [typeof(IsolatedProcess).Assembly.Location, .. arguments]));

    /// <summary>
    /// Runs the program in a network of its own, where every address of IPv4 and IPv6 is this machine.
    /// </summary>
    public static Task<IsolatedProcess> RunWhereEveryAddressIsOursAsync(params IEnumerable<string> arguments) =>
        StartAsync(new ProcessStartInfo(
            "unshare",
            [
                "--map-root-user", "--net", "sh", "-c",
                "ip link set lo up && ip route add local 0.0.0.0/0 dev lo && ip -6 route add local ::/0 dev lo && exec \"$@\"",
                "sh", Host, typeof(IsolatedProcess).Assembly.Location, .. arguments,
            ]));

    private static async Task<IsolatedProcess> StartAsync(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        process.StandardInput.Close();

        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            return new IsolatedProcess(process.ExitCode, $"{await output}{await error}");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not end within {Patience:c}.");
        }
    }
}
