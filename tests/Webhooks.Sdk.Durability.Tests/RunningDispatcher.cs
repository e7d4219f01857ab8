using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A dispatcher at work.</summary>
internal sealed class RunningDispatcher : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningDispatcher(WebhookDispatcher dispatcher) => _running = dispatcher.RunAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
