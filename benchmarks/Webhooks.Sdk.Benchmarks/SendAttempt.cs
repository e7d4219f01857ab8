using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Sending;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Posts 155 bytes through the runtime's whole HTTP stack to a connection that answers at once: the work of this machine, without a network.
/// </summary>
[MemoryDiagnoser]
public class SendAttempt
{
    private static readonly Uri Url = new("http://receiver.example/hooks");

    private readonly Workshop _workshop = Workshop.InMemory();
    private readonly WebhookEndpoint _endpoint = Example.EndpointAt(Url);
    private readonly WebhookRequest _request;

    public SendAttempt()
    {
        _request = _endpoint.Compose(Example.Event);
    }

    [GlobalSetup]
    public void CheckThatAllArrive()
    {
        foreach (Func<int> send in new[] { HttpClient, HttpClientSigned, HttpClientInRetry, Attempt, DirectSend })
        {
            if (send() != 200)
            {
                throw new InvalidOperationException($"{send.Method.Name} did not arrive.");
            }
        }
    }

    [GlobalCleanup]
    public void Dispose() => _workshop.Dispose();

    /// <summary>
    /// Unsigned: finished bytes, and nothing else.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int HttpClient() => HandWritten.PostAsync(_workshop.Raw, Url, Example.Body).GetAwaiter().GetResult();

    /// <summary>
    /// Careful code by hand: three headers and a signature.
    /// </summary>
    [Benchmark]
    public int HttpClientSigned() =>
        HandWritten.PostSignedAsync(_workshop.Raw, Url, Example.Key, Example.Id, Example.Body).GetAwaiter().GetResult();

    /// <summary>
    /// Unsigned, with a retry of Polly around it.
    /// </summary>
    [Benchmark]
    public int HttpClientInRetry() =>
        Workshop.Await(_workshop.Retry.ExecuteAsync(
            static (workshop, _) => new ValueTask<int>(HandWritten.PostAsync(workshop.Raw, Url, Example.Body)), _workshop, CancellationToken.None));

    /// <summary>
    /// Ours, as a dispatcher calls it: signed, guarded, limited in time, judged.
    /// </summary>
    [Benchmark]
    public int Attempt() =>
        Workshop.Await(_workshop.Attempts.SendAsync(_request, _workshop.Options, 1, CancellationToken.None)).Attempt.StatusCode!.Value;

    /// <summary>
    /// Ours, as a user calls it: the attempt, retries and a result.
    /// </summary>
    [Benchmark]
    public int DirectSend() => _workshop.Webhooks.SendAsync(_endpoint, Example.Event).GetAwaiter().GetResult().StatusCode!.Value;
}
