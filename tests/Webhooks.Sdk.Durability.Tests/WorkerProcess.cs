using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A <see cref="Worker"/> of this assembly, run as a process of its own.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int Terminate = 15;
    private const int Stop = 19;
    private const int Continue = 18;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task<string> _error;

    private WorkerProcess(Process process, string number)
    {
        (_process, Number) = (process, number);
        _reading = ReadAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets what the worker says of itself to receivers.</summary>
    public string Number { get; }

    public static WorkerProcess Start(StoreAddress store, int number, TimeSpan? lease = null)
    {
        // Set by the .NET SDK: the very host that runs the tests, also where several are installed.
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string name = number.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(host, [typeof(WorkerProcess).Assembly.Location, Worker.Name, store.Kind, store.Target, name, $"{lease ?? Worker.Lease:c}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Both tiers would compile at once, on cores that others need.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new WorkerProcess(Process.Start(start)!, name);
    }

    public bool IsOver => _process.HasExited;

    /// <summary>Gives the ids that it wrote down, by what it wrote before them.</summary>
    public IEnumerable<string> Ids(string what) =>
        _lines.Where(line => line.StartsWith(what + " ", StringComparison.Ordinal)).Select(line => line[(what.Length + 1)..]);

    public Task WhenReadyAsync() => _ready.Task.WaitAsync(Patience);

    /// <summary>Gets how many events it was asked to publish.</summary>
    public int Asked { get; private set; }

    public void Publish(int first, int count)
    {
        Asked += count;
        Tell($"publish {first} {count}");
    }

    public void Die(FailurePoint point, int times, int spins) => Tell($"die {point} {times} {spins}");

    public void Kill() => _process.Kill();

    public void Suspend() => Signal(Stop);

    public void Resume() => Signal(Continue);

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task<int> StopAsync()
    {
        Signal(Terminate);
        await WhenOverAsync();
        return _process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"Worker {Number} ended with {_process.ExitCode}: {await _error}");
    }

    /// <summary>Waits until it is dead and everything that it wrote was read.</summary>
    public async Task WhenOverAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);

        if (await _error is { Length: > 0 } error)
        {
            throw new InvalidOperationException($"Worker {Number} complained: {error}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Worker {Number} got no signal {signal}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private void Tell(string command)
    {
        try
        {
            _process.StandardInput.WriteLine(command);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It is dead by now, as it was told to be.
        }
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Enqueue(line);

            if (line == Worker.Ready)
            {
                _ready.TrySetResult();
            }
        }

        _ready.TrySetException(new InvalidOperationException($"Worker {Number} ended before it was ready: {await _error}"));
    }
}
