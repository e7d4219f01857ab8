using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace Webhooks.Sdk.Benchmarks.Sending;

/// <summary>
/// The ways to post 155 bytes, whatever connection they go over.
/// </summary>
public abstract class Sends
{
    private readonly Workshop _workshop;
    private readonly Uri _url;
    private readonly WebhookEndpoint _endpoint;
    private readonly WebhookRequest _request;

    private protected Sends(Workshop workshop, Uri url)
    {
        _workshop = workshop;
        _url = url;
        _endpoint = Example.EndpointAt(url);
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
    public virtual void CleanUp() => _workshop.Dispose();

    /// <summary>
    /// Unsigned: finished bytes, and nothing else.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int HttpClient() => HandWritten.PostAsync(_workshop.Raw, _url, Example.Body).GetAwaiter().GetResult();

    /// <summary>
    /// Careful code by hand: three headers and a signature.
    /// </summary>
    [Benchmark]
    public int HttpClientSigned() =>
        HandWritten.PostSignedAsync(_workshop.Raw, _url, Example.Key, Example.Id, Example.Body).GetAwaiter().GetResult();

    /// <summary>
    /// Unsigned, with a retry of Polly around it.
    /// </summary>
    [Benchmark]
    public int HttpClientInRetry() =>
        Workshop.Await(_workshop.Retry.ExecuteAsync(
            static (sends, _) => new ValueTask<int>(HandWritten.PostAsync(sends._workshop.Raw, sends._url, Example.Body)), this, CancellationToken.None));

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
