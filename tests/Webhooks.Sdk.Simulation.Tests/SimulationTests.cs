using System;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Simulation.Tests;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private static string Setting(string variable, string otherwise) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : otherwise;

    [Fact]
    public async Task Run_EverySeed_KeepsEveryPromise()
    {
        string seeds = Setting("WEBHOOKS_SIMULATION_SEEDS", "1000");
        string first = Setting("WEBHOOKS_SIMULATION_FIRST", "1");

        SimulationProcess run = await SimulationProcess.RunAsync($"--seeds {seeds} --first {first}");

        output.WriteLine(run.Output);
        Assert.True(run.ExitCode == 0, run.Output);
    }

    [Fact]
    public async Task Run_SameSeedsInTwoProcesses_DoExactlyTheSame()
    {
        SimulationProcess once = await SimulationProcess.RunAsync("--seeds 20 --first 1 --hashes true");
        SimulationProcess again = await SimulationProcess.RunAsync("--seeds 10 --first 11 --hashes true");
        string[] hashes = Hashes(once);

        Assert.Equal(20, hashes.Length);
        Assert.Equal(hashes[10..], Hashes(again));
    }

    [Theory]
    [InlineData("LoseAppend", "Nothing acknowledged is lost")]
    [InlineData("LoseDelivery", "Nothing acknowledged is lost")]
    [InlineData("DoubleAttempt", "An attempt is recorded once, under its number")]
    [InlineData("ForgetAttempt", "A stale commit changes nothing")]
    [InlineData("ForgetStop", "No attempt follows a stop")]
    [InlineData("ForgetLease", "A bucket has one holder")]
    [InlineData("SwapOrder", "Nothing overtakes on an ordered endpoint")]
    [InlineData("ChangeBody", "Id and body are the same in every attempt")]
    public async Task Run_StoreThatIsBroken_IsFound(string breakage, string promise)
    {
        SimulationProcess run = await SimulationProcess.RunAsync($"--seeds 50 --break {breakage}");

        output.WriteLine(run.Output);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(promise, run.Output, StringComparison.Ordinal);
        Assert.Contains("Again: dotnet Webhooks.Sdk.Simulation.dll --first", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PoolOfMoreThanOneThread_IsRefused()
    {
        SimulationProcess run = await SimulationProcess.RunAsync("--seeds 1", threads: 2);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("The pool may have 2 threads", run.Output, StringComparison.Ordinal);
    }

    private static string[] Hashes(SimulationProcess run) =>
        Array.FindAll(run.Output.Split('\n'), static line => line.StartsWith("seed ", StringComparison.Ordinal));
}
