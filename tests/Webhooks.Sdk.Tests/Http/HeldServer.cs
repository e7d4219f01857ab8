using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A server that answers nobody until the test says so, and knows how many it holds.</summary>
internal sealed class HeldServer : IAsyncDisposable
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly LoopbackServer _server;
    private int _held;
    private int _mostHeld;

    public HeldServer()
    {
        _server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            int held = Interlocked.Increment(ref _held);
            InterlockedMax(ref _mostHeld, held);
            _arrivals.Release();
            await _release.Task.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref _held);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Response(200)), cancellationToken);
        });
    }

    public string Url => _server.Url;

    public int MostHeld => _mostHeld;

    public int Count => _server.Requests.Count;

    public async Task ArrivedAsync(int requests)
    {
        for (int i = 0; i < requests; i++)
        {
            await _arrivals.WaitAsync();
        }
    }

    public void Release() => _release.SetResult();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _arrivals.Dispose();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = most;

        while (value > seen)
        {
            int before = Interlocked.CompareExchange(ref most, value, seen);

            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
