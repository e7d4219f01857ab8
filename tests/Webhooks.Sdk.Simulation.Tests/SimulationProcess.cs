using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Tests;

/// <summary>The simulation, run as a process of its own.</summary>
/// <param name="ExitCode">0: every seed kept every promise.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record SimulationProcess(int ExitCode, string Output)
{
    public static async Task<SimulationProcess> RunAsync(string arguments, int? threads = null)
    {
        // Set by the .NET SDK: the very host that runs the tests, also where several are installed.
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string program = Path.Combine(AppContext.BaseDirectory, "Webhooks.Sdk.Simulation.dll");
        var start = new ProcessStartInfo(host, [program, .. arguments.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true };

        if (threads is not null)
        {
            start.Environment["DOTNET_ThreadPool_ForceMaxWorkerThreads"] = $"{threads:x}";
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new SimulationProcess(process.ExitCode, output + await error);
    }
}
