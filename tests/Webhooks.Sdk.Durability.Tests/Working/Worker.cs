using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>
/// An application that publishes and delivers, and does what it reads: <c>publish first count</c>, <c>die point times spins</c>. It writes down what was
/// acknowledged, and ends with its input or on SIGTERM.
/// </summary>
internal static class Worker
{
    public const string Name = "worker";
    public const string Ready = "ready";

    /// <summary>So short that a killed worker is missed for a second only.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    public const int Concurrency = 4;

    public static async Task<int> RunAsync(StoreAddress store, string number, TimeSpan lease)
    {
        var fuse = new Fuse();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        store.Use(builder.Services.AddWebhooks(options => options.AllowLoopback = true))
            .ConfigureOutbox(options => (options.LeaseDuration, options.MaxConcurrencyPerEndpoint) = (lease, Concurrency))
            .HttpClient.AddHttpMessageHandler(() => new FusedHandler(fuse, number));
        Func<IServiceProvider, object> createStore = builder.Services.Last(service => service.ServiceType == typeof(IWebhookStore)).ImplementationFactory!;
        builder.Services.AddKeyedSingleton(Name, (provider, _) => (IWebhookStore)createStore(provider));
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => FusedStore.Create(provider.GetRequiredKeyedService<IWebhookStore>(Name), fuse)));
        builder.Services.Replace(ServiceDescriptor.Singleton(provider => (IWebhookStoreOperations)provider.GetRequiredKeyedService<IWebhookStore>(Name)));

        using IHost host = builder.Build();
        await host.StartAsync();

        // Opens the store: a transaction of the application's, which is first, would hold the lock that opening waits for.
        await host.Services.GetRequiredService<IWebhookSubscriptions>().ListAsync(owner: null);
        var publishing = new Publishing(host.Services.GetRequiredService<IWebhookPublisher>(), store, number);
        Console.WriteLine(Ready);
        Task commands = ObeyAsync(publishing, fuse);
        await Task.WhenAny(commands, host.WaitForShutdownAsync());
        await host.StopAsync();
        return 0;
    }

    private static async Task ObeyAsync(Publishing publishing, Fuse fuse)
    {
        // On a thread of its own: reading the console blocks.
        while (await Task.Run(Console.ReadLine) is { } line)
        {
            switch (line.Split(' '))
            {
                case ["publish", string first, string count]:
                    publishing.Start(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
                    break;

                case ["die", string point, string times, string spins]:
                    fuse.Arm(Enum.Parse<FailurePoint>(point), int.Parse(times, CultureInfo.InvariantCulture), int.Parse(spins, CultureInfo.InvariantCulture));
                    break;
            }
        }
    }
}
