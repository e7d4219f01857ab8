using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Benchmarks.Sending;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>A long time at a steady load: 200 events a second to five endpoints, one of which refuses every tenth.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Samples = 12;
    private const int Endpoints = 5;

    // .ci/long has 10 minutes.
    private static readonly TimeSpan Length =
        TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("WEBHOOKS_SOAK") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 18);

    [Fact]
    public async Task Run_SteadyLoad_GrowsNeitherTheFileNorTheMemory()
    {
        using var database = new SqliteDatabase();
        using var receiver = new LoopbackReceiver();
        await using ServiceProvider application = database.Open(
            static options => (options.FinishedRetention, options.DeadLetterRetention) = (Length / Samples, Length / Samples),
            configure: static builder => builder.HttpClient.AddHttpMessageHandler(static () => new RefusingHandler()));

        foreach (int i in Enumerable.Range(0, Endpoints))
        {
            await application.SubscribeAsync($"endpoint-{i}", new Uri(receiver.Url, i == 0 ? RefusingHandler.Path : $"/{i}"));
        }

        var samples = new List<(long File, long Heap, StoreStatistics Rows)>();

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

                samples.Add((Size(database.Path), Heap(), await application.StatisticsAsync()));
                output.WriteLine($"{number,7} events: file {samples[^1].File / 1024,6} KiB, heap {samples[^1].Heap / 1024,6} KiB, stored {samples[^1].Rows}");
            }
        }

        // The first samples fill caches, and what is kept.
        Assert.InRange(Late(sample => sample.File), 1, Early(sample => sample.File) * 1.25);
        Assert.InRange(Late(sample => sample.Heap), 1, (Early(sample => sample.Heap) * 1.25) + (1 << 20));
        Assert.InRange(Late(sample => sample.Rows.Events), 1, Early(sample => sample.Rows.Events) * 1.5);
        Assert.InRange(Late(sample => sample.Rows.Waiting), 0, 1000);
        Assert.True(samples[^1].Rows.DeadLetters > 0);
        Assert.Equal(0, await database.CountAsync("webhooks_attempt AS a WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = a.event)"));
        Assert.Equal(0, await database.CountAsync("webhooks_dead_letter AS l WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = l.event)"));
        Assert.Equal(0, await database.CountAsync("webhooks_delivery AS d WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = d.event)"));

        double Early(Func<(long File, long Heap, StoreStatistics Rows), long> figure) => samples.Skip(3).Take(3).Max(figure);

        double Late(Func<(long File, long Heap, StoreStatistics Rows), long> figure) => samples.TakeLast(3).Max(figure);
    }

    private static long Size(string path) => new[] { path, $"{path}-wal" }.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);

    private static long Heap()
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
