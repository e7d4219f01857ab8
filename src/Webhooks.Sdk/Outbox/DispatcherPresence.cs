using System.Threading;

namespace Webhooks.Sdk.Outbox;

/// <summary>Knows whether a dispatcher runs in this process.</summary>
internal sealed class DispatcherPresence
{
    private int _running;

    public bool IsRunning => Volatile.Read(ref _running) > 0;

    /// <summary>Takes the one place of a dispatcher; false when it is taken.</summary>
    public bool TryEnter() => Interlocked.CompareExchange(ref _running, 1, 0) == 0;

    public void Leave() => Volatile.Write(ref _running, 0);
}
