using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Payloads;
using Webhooks.Sdk.Benchmarks.Sending;
using Webhooks.Sdk.Http;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Tells endpoints of one event, each with a secret of its own, over connections that answer at once.
/// </summary>
[MemoryDiagnoser]
public class FanOut
{
    private readonly Workshop _workshop = Workshop.InMemory();
    private Uri[] _urls = [];
    private byte[][] _keys = [];
    private WebhookEndpoint[] _endpoints = [];

    [Params(1, 16, 1000)]
    public int Endpoints { get; set; }

    [GlobalSetup]
    public void CheckThatAllArrive()
    {
        _urls = [.. Enumerable.Range(0, Endpoints).Select(i => new Uri($"http://receiver.example/hooks/{i}"))];
        WebhookSecret[] secrets = [.. Enumerable.Range(0, Endpoints).Select(_ => WebhookSecret.Generate())];
        _keys = [.. secrets.Select(secret => Convert.FromBase64String(secret.Reveal()["whsec_".Length..]))];
        _endpoints = [.. _urls.Zip(secrets, (url, secret) => new WebhookEndpoint(url) { Secrets = [secret], Format = WebhookFormat.DataOnly })];

        if (SerializeForEach() != Endpoints || ComposeOnce() != Endpoints)
        {
            throw new InvalidOperationException("Not every endpoint was told.");
        }
    }

    [GlobalCleanup]
    public void Dispose() => _workshop.Dispose();

    /// <summary>
    /// Careful code by hand that serializes and signs for each endpoint.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int SerializeForEach()
    {
        string id = $"evt_{Guid.CreateVersion7():N}";
        int arrived = 0;

        for (int i = 0; i < _urls.Length; i++)
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(SkalinData.Example, PayloadJson.Default.SkalinData);
            int status = HandWritten.PostSignedAsync(_workshop.Raw, _urls[i], _keys[i], id, body).GetAwaiter().GetResult();
            arrived += status == 200 ? 1 : 0;
        }

        return arrived;
    }

    /// <summary>
    /// Ours, as a dispatcher works: the event is serialized once and composed once.
    /// </summary>
    [Benchmark]
    public int ComposeOnce()
    {
        WebhookEvent activated = WebhookEvent.Create("service.activated", SkalinData.Example);
        int arrived = 0;

        foreach (WebhookEndpoint endpoint in _endpoints)
        {
            AttemptOutcome outcome =
                Workshop.Await(_workshop.Attempts.SendAsync(endpoint.Compose(activated), _workshop.Options, 1, CancellationToken.None));
            arrived += outcome.Attempt.StatusCode == 200 ? 1 : 0;
        }

        return arrived;
    }
}
