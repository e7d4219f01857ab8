using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Tests;

namespace Webhooks.Sdk.Faults.Tests.Isolated;

/// <summary>
/// Tries to get the SDK to call what it must not, in a network where every address answers. Says what was reached; nothing is expected to be.
/// </summary>
internal static class GuardedSender
{
    public const string Name = "guard";

    private const string Public = "1.1.1.1";
    private const string PublicIpv6 = "2606:4700:4700::1111";
    private const string Private = "10.0.0.5";
    private const string Proxy = "10.9.9.9";

    private static readonly ConcurrentQueue<string> Complaints = [];

    public static async Task<int> RunAsync()
    {
        using var everywhere = new EveryAddress();
        Environment.SetEnvironmentVariable("HTTP_PROXY", $"http://{Proxy}:{everywhere.Port}");
        Environment.SetEnvironmentVariable("ALL_PROXY", $"http://{Proxy}:{everywhere.Port}");

        int reachable = await CountReachableAsync(everywhere);
        int urls = await CallHostileUrlsAsync(everywhere);
        await CallPublicAddressesAsync(everywhere);
        await RebindAsync(everywhere);
        await MixAddressesAsync(everywhere);
        await ShareConnectionsAsync(everywhere);
        await RedirectAsync(everywhere);

        Console.WriteLine(string.Join('\n', Complaints.Prepend($"{urls} {reachable}")));
        return Complaints.IsEmpty ? 0 : 1;
    }

    /// <summary>Shows that the addresses could be called: without it, a network that is down would pass for a guard.</summary>
    private static async Task<int> CountReachableAsync(EveryAddress everywhere)
    {
        int reachable = 0;

        foreach (IPAddress address in HostileHosts.Addresses)
        {
            reachable += await everywhere.CanBeReachedAtAsync(address) ? 1 : 0;
        }

        // A connection stands before it is accepted.
        while (everywhere.Dialled.Count < reachable)
        {
            await Task.Yield();
        }

        everywhere.Dialled.Clear();
        return reachable;
    }

    private static async Task<int> CallHostileUrlsAsync(EveryAddress everywhere)
    {
        await using ServiceProvider provider = CreateProvider();
        string[] hosts = [.. HostileHosts.Addresses.SelectMany(HostileHosts.Spell).Concat(["localhost", "localhost.", "LOCALHOST", "ip6-localhost"]).Distinct()];

        foreach (string host in hosts)
        {
            await ExpectAsync(everywhere, $"http://{host}", provider, delivered: false, reached: []);
        }

        return hosts.Length;
    }

    // An environment's proxy would be dialled in the receiver's place.
    private static async Task CallPublicAddressesAsync(EveryAddress everywhere)
    {
        await using ServiceProvider provider = CreateProvider();

        await ExpectAsync(everywhere, $"http://{Public}", provider, delivered: true, reached: [Public]);
        await ExpectAsync(everywhere, $"http://[{PublicIpv6}]", provider, delivered: true, reached: [PublicIpv6]);
    }

    private static async Task RebindAsync(EveryAddress everywhere)
    {
        // The first answer is what a check before dialling would see, the second what a dial that looks up again would get.
        int lookUps = 0;
        await using ServiceProvider provider = CreateProvider((_, _) => Addresses(Interlocked.Increment(ref lookUps) % 2 == 1 ? Public : Private));

        await ExpectAsync(everywhere, "http://rebinding.example", provider, delivered: true, reached: [Public]);
        await using ServiceProvider second = CreateProvider((_, _) => Addresses(Interlocked.Increment(ref lookUps) % 2 == 1 ? Public : Private));
        await ExpectAsync(everywhere, "http://rebinding.example", second, delivered: false, reached: []);
    }

    private static async Task MixAddressesAsync(EveryAddress everywhere)
    {
        foreach (string[] mixture in new string[][] { [Public, Private], [Private, Public], [Public, PublicIpv6, "::1"], [Public, "::ffff:10.0.0.5"] })
        {
            await using ServiceProvider provider = CreateProvider((_, _) => Addresses(mixture));
            await ExpectAsync(everywhere, "http://mixed.example", provider, delivered: false, reached: []);
        }
    }

    private static async Task ShareConnectionsAsync(EveryAddress everywhere)
    {
        await using ServiceProvider provider = CreateProvider(configure: builder => builder.AddEndpoint("internal", endpoint =>
        {
            endpoint.Url = new Uri($"http://{Private}:{everywhere.Port}/");
            endpoint.Trusted = true;
        }));
        WebhookEndpoint trusted = provider.GetRequiredService<IWebhookEndpoints>().Get("internal");
        WebhookEvent webhookEvent = WebhookEvent.For("a.b").WithData(new Dictionary<string, string>()).Build();

        WebhookResult result = await provider.Webhooks().SendAsync(trusted, webhookEvent);
        Complain(result.Succeeded, "A trusted endpoint was not reached.");
        everywhere.Dialled.Clear();

        await ExpectAsync(everywhere, $"http://{Private}", provider, delivered: false, reached: []);
    }

    private static async Task RedirectAsync(EveryAddress everywhere)
    {
        await using ServiceProvider provider = CreateProvider();
        everywhere.RedirectTarget = $"http://{Private}:{everywhere.Port}/";

        await ExpectAsync(everywhere, $"http://{Public}", provider, delivered: false, reached: [Public]);
    }

    private static async Task ExpectAsync(EveryAddress everywhere, string url, IServiceProvider provider, bool delivered, string[] reached)
    {
        WebhookResult? result = null;

        try
        {
            result = await provider.Webhooks().SendAsync(WebhookRequest.Post($"{url}:{everywhere.Port}/").WithText("x", "text/plain").Build());
        }
        catch (ArgumentException)
        {
            // A URL that is refused when the request is built.
        }

        Complain(delivered == (result?.Succeeded ?? false), $"{url}: {result}");
        Complain(
            everywhere.Dialled.SequenceEqual(reached.Select(IPAddress.Parse)),
            $"{url}: connections to {string.Join(", ", everywhere.Dialled)} instead of {string.Join(", ", reached.DefaultIfEmpty("none"))}");
        everywhere.Dialled.Clear();
    }

    private static void Complain(bool isRight, string complaint)
    {
        if (!isRight)
        {
            Complaints.Enqueue(complaint);
        }
    }

    private static Task<IPAddress[]> Addresses(params string[] addresses) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse));

    private static ServiceProvider CreateProvider(
        Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, Action<IWebhooksBuilder>? configure = null) => TestHost.Create(
        builder =>
        {
            configure?.Invoke(builder);

            if (resolve is not null)
            {
                builder.HttpClient.ConfigurePrimaryHttpMessageHandler(
                    services => new WebhookTransport(services.GetRequiredService<IOptions<WebhookOptions>>().Value, resolve));
            }
        },
        options => (options.AllowLoopback, options.MaxAttempts, options.AttemptTimeout) = (false, 1, TimeSpan.FromSeconds(10)));
}
