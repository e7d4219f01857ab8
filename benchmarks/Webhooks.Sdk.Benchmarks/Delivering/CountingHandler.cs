using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// Counts answers, and lets a benchmark wait for as many as it expects. Answers by itself at once, or passes requests on to a network.
/// </summary>
internal sealed class CountingHandler : DelegatingHandler
{
    private readonly bool _hasNetwork;
    private TaskCompletionSource _all = new();
    private int _left;

    public CountingHandler()
    {
    }

    public CountingHandler(HttpMessageHandler network)
        : base(network) => _hasNetwork = true;

    /// <summary>Gets the host whose requests nobody ever answers.</summary>
    public const string HangingHost = "hanging.example";

    /// <summary>Gets how many of the expected answers are still to come.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>Counts from now on.</summary>
    /// <returns>A task that ends with the last answer.</returns>
    public Task Expect(int answers)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, answers);
        return _all.Task;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Host == HangingHost)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        HttpResponseMessage answer = _hasNetwork ? await base.SendAsync(request, cancellationToken) : new HttpResponseMessage(HttpStatusCode.OK);

        if (answer.StatusCode == HttpStatusCode.OK && Interlocked.Decrement(ref _left) == 0)
        {
            _all.SetResult();
        }

        return answer;
    }
}
