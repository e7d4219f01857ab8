using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;

namespace Webhooks.Sdk.Faults.Tests.Isolated;

/// <summary>
/// Sends to a receiver that answers with bombs, many at a time, and says by how much its memory grew.
/// </summary>
internal static class BombedSender
{
    public const string Name = "bombs";
    public const int Bombs = 100;

    /// <summary>The paths that the receiver answers with a bomb each; another is answered properly.</summary>
    public static readonly IReadOnlyList<string> Paths = ["endless", "gzip", "headers", "interim"];

    public static async Task<int> RunAsync(Uri url)
    {
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1);
        IWebhookClient webhooks = provider.Webhooks();

        // As many at a time as bombs: threads, connections and pools that any send needs are no growth.
        await Task.WhenAll(Enumerable.Range(0, Bombs).Select(_ => webhooks.SendAsync(Request(url, "fine"))));
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        long before = process.WorkingSet64;

        WebhookResult[] results = await Task.WhenAll(Enumerable.Range(0, Bombs).Select(i => webhooks.SendAsync(Request(url, Paths[i % Paths.Count]))));

        process.Refresh();
        double growth = (process.PeakWorkingSet64 - before) / 1024.0 / 1024.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{growth:F1} {results.Length}"));
        return 0;
    }

    private static WebhookRequest Request(Uri url, string path) => WebhookRequest.Post(new Uri(url, path)).WithText("x", "text/plain").Build();
}
