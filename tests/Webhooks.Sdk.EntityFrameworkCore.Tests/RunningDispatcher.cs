using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>A dispatcher that runs until it is disposed of.</summary>
internal sealed class RunningDispatcher(WebhookDispatcher dispatcher) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task? _running;

    public void Start() => _running = Task.Run(() => dispatcher.RunAsync(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
