using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Samples;

/// <summary>
/// A sample run to its end as a process of its own, the way a user runs it.
/// </summary>
/// <param name="ExitCode">What the process returned.</param>
/// <param name="Output">What it wrote, with line feeds for line ends.</param>
/// <param name="Error">What it complained of, with line feeds for line ends.</param>
internal sealed record SampleProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs the built sample.</summary>
    /// <param name="sample">The sample's project: <c>Skalin</c> for <c>samples/Skalin/Skalin.csproj</c>.</param>
    /// <param name="environment">Variables that the sample sees beside those of this process; null takes one away.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<SampleProcess> RunAsync(
        string sample, IEnumerable<KeyValuePair<string, string?>> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = StartOf(sample, arguments);

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        process.StandardInput.Close();

        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);

            return new SampleProcess(process.ExitCode, Lines(await output), Lines(await error));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The sample {sample} did not end within {Patience:c}.");
        }
    }

    /// <summary>Runs the built sample until something has happened, and then kills it.</summary>
    /// <param name="until">What must happen.</param>
    /// <param name="sample">The sample's project.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>What it wrote, with line feeds for line ends.</returns>
    public static async Task<string> RunUntilAsync(Task until, string sample, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(StartOf(sample, arguments))!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();

        try
        {
            if (await Task.WhenAny(until, output) == output)
            {
                throw new InvalidOperationException($"The sample {sample} ended by itself: {await output}{await error}");
            }

            await until;
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return Lines(await output);
    }

    private static ProcessStartInfo StartOf(string sample, IEnumerable<string> arguments)
    {
        // Set by the .NET SDK: the very host that runs the tests, also where several are installed.
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new ProcessStartInfo(host, [Find(sample), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>Finds the sample that was built together with the tests: <c>bin/{project}/{configuration}</c> beside their own folder.</summary>
    private static string Find(string sample)
    {
        var tests = new DirectoryInfo(AppContext.BaseDirectory);

        return Path.Combine(tests.Parent!.Parent!.FullName, sample, tests.Name, $"{sample}.dll");
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
