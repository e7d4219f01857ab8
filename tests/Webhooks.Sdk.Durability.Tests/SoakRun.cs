using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Benchmarks.Sending;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A long time at a steady load: 200 events a second to five endpoints, one of which refuses every tenth.</summary>
/// <param name="database">The database.</param>
/// <param name="readSizes">Reads what it takes on disk: rows, or all of it, and what lies beside them.</param>
/// <param name="output">What each sample is written to.</param>
internal sealed class SoakRun(Database database, Func<Task<(long Rows, long Indexes)>> readSizes, ITestOutputHelper output)
{
    public const int Samples = 12;

    private const int Endpoints = 5;

    public static TimeSpan Length { get; } = LengthOr(seconds: 12);

    /// <summary>Gives how long to go on: .ci/long has 10 minutes.</summary>
    public static TimeSpan LengthOr(int seconds) =>
        TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("WEBHOOKS_SOAK") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : seconds);

    public async Task<SoakFigures> RunAsync()
    {
        using var receiver = new LoopbackReceiver();
        await using ServiceProvider application = database.Open(
            static options => (options.FinishedRetention, options.DeadLetterRetention) = (Length / Samples, Length / Samples),
            configure: static builder => builder.HttpClient.AddHttpMessageHandler(static () => new RefusingHandler()));

        foreach (int i in Enumerable.Range(0, Endpoints))
        {
            await application.SubscribeAsync($"endpoint-{i}", new Uri(receiver.Url, i == 0 ? RefusingHandler.Path : $"/{i}"));
        }

        var samples = new List<SoakSample>();

        await using (application.Run())
        {
            for (int sample = 0, number = 0; sample < Samples; sample++)
            {
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
                long start = Stopwatch.GetTimestamp();

                while (Stopwatch.GetElapsedTime(start) < Length / Samples)
                {
                    await timer.WaitForNextTickAsync();
                    await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => application.Publisher().PublishAsync(ApplicationExtensions.EventOf(Interlocked.Increment(ref number)))));
                }

                (long rows, long indexes) = await readSizes();
                samples.Add(new SoakSample(rows, indexes, Memory(), await application.StatisticsAsync()));
                output.WriteLine($"{number,7} events: {samples[^1]}");
            }
        }

        return new SoakFigures(samples);
    }

    private static long Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).HeapSizeBytes;
    }

    /// <summary>Refuses every tenth request of one endpoint.</summary>
    private sealed class RefusingHandler : DelegatingHandler
    {
        public const string Path = "/refusing";

        private int _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath == Path && Interlocked.Increment(ref _requests) % 10 == 0
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest))
                : base.SendAsync(request, cancellationToken);
    }
}
