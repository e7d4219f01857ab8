using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class UseSqliteTests : IDisposable
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private readonly TemporaryDirectory _directory = new();

    private string KeyFile => $"{_directory.Database}.webhooks-key";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Publish_ThenTheApplicationEnds_IsDeliveredByTheNext()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        WebhookEvent paid = NewEvent();

        await using (ServiceProvider first = Start())
        {
            await SubscribeAsync(first, receiver);
            await first.GetRequiredService<IWebhookPublisher>().PublishAsync(paid);
        }

        await using ServiceProvider second = Start();
        await second.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest().AssertHeader("webhook-id", paid.Id).AssertSigned(Secret);
        Assert.Equal(1, (await StatisticsAsync(second)).Attempts);
    }

    [Fact]
    public async Task Publish_FirstOfTheProcessAndInATransaction_DoesNotWaitForItself()
    {
        await using (ServiceProvider first = Start())
        {
            await first.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());
        }

        await using ServiceProvider second = Start();
        await using DbTransaction transaction = await _directory.BeginTransactionAsync();
        await second.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent(), transaction).WaitAsync(TimeSpan.FromSeconds(4));
        await transaction.CommitAsync();

        Assert.Equal(2, (await StatisticsAsync(second)).PendingEvents);
    }

    [Fact]
    public async Task Publish_InTheApplicationsTransaction_IsDeliveredOnlyIfItCommits()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider services = Start();
        await SubscribeAsync(services, receiver);
        IWebhookPublisher publisher = services.GetRequiredService<IWebhookPublisher>();
        WebhookEvent committed = NewEvent();

        await using (DbTransaction transaction = await _directory.BeginTransactionAsync())
        {
            await publisher.PublishAsync(NewEvent(), transaction);
            await transaction.RollbackAsync();
        }

        await using (DbTransaction transaction = await _directory.BeginTransactionAsync())
        {
            await publisher.PublishAsync(committed, transaction);
            await transaction.CommitAsync();
        }

        await services.GetRequiredService<WebhookDispatcher>().DrainAsync();

        receiver.AssertSingleRequest().AssertHeader("webhook-id", committed.Id);
    }

    [Fact]
    public async Task RunDispatchers_TwoOnOneFile_SendEachEventOnce()
    {
        const int Count = 100;
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider first = Start();
        await using ServiceProvider second = Start();
        await SubscribeAsync(first, receiver);
        using var stop = new CancellationTokenSource();
        Task[] running = [.. new[] { first, second }.Select(services => services.GetRequiredService<WebhookDispatcher>().RunAsync(stop.Token))];

        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => (i % 2 == 0 ? first : second).GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent())));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        while ((await StatisticsAsync(first)).Attempts < Count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Record.ExceptionAsync(() => Task.WhenAll(running));
        Assert.Equal(Count, receiver.Requests.Count);
        Assert.Equal(Count, receiver.Requests.Select(request => request.Header("webhook-id")).Distinct().Count());
    }

    [Fact]
    public async Task Files_AfterSubscribingEnqueuingAndPublishing_HoldNoSecretInTheClear()
    {
        const string Code = "MONWEBHOOKACADEMY123456789012363F53";
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider services = Start(builder => builder.AddEndpoint("crm", endpoint => endpoint.Url = new Uri(receiver.Url, Code)));
        await SubscribeAsync(services, receiver);
        WebhookEndpoint crm = services.GetRequiredService<IWebhookEndpoints>().Get("crm");
        await services.GetRequiredService<IWebhookOutbox>().EnqueueAsync(
            WebhookRequest.Post(new Uri(receiver.Url, Code).AbsoluteUri).WithEndpoint(crm).WithHeader("X-Token", "s3cr3t-token").WithText("s3cr3t-body", "text/plain").Build());
        await services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());

        string stored = string.Concat(Directory.GetFiles(_directory.Path).Where(path => path != KeyFile).Select(ReadShared));

        Assert.Contains("visible-data", stored, StringComparison.Ordinal);
        Assert.All(
            new[] { Code, "s3cr3t", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", File.ReadAllText(KeyFile).Split(':')[1] },
            secret => Assert.DoesNotContain(secret, stored, StringComparison.Ordinal));
        Assert.DoesNotContain(Encoding.Latin1.GetString(Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_WithAnotherKeyThanBefore_IsRefusedWithTheReason()
    {
        await using (ServiceProvider first = Start())
        {
            await first.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());
        }

        File.Delete(KeyFile);
        await using ServiceProvider second = Start();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => second.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent()));

        Assert.Contains("under another key", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseSqlite_WithConfiguredKeys_MakesNoKeyFile(bool keysFirst)
    {
        WebhookSealingKey key = WebhookSealingKey.Generate("mine");
        await using ServiceProvider services = TestHost.Create(builder =>
            _ = keysFirst
                ? builder.UseSealingKeys(key).UseSqlite(_directory.ConnectionString)
                : builder.UseSqlite(_directory.ConnectionString).UseSealingKeys(key));

        await services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());

        Assert.IsType<WebhookKeySealer>(services.GetRequiredService<IWebhookSealer>());
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task UseSqlite_Twice_UsesTheLastFileAndItsKey()
    {
        using var other = new TemporaryDirectory();
        await using ServiceProvider services = TestHost.Create(builder => builder.UseSqlite(other.ConnectionString).UseSqlite(_directory.ConnectionString));

        await services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());

        Assert.Empty(Directory.GetFiles(other.Path));
        Assert.True(File.Exists(KeyFile));
    }

    [Fact]
    public async Task Dispose_OfTheApplication_LeavesNoLogBehind()
    {
        await using (ServiceProvider services = Start())
        {
            await services.GetRequiredService<IWebhookPublisher>().PublishAsync(NewEvent());
            await StatisticsAsync(services);
        }

        Assert.Equal([_directory.Database, KeyFile], Directory.GetFiles(_directory.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UseSqlite_Misused_Throws()
    {
        IWebhooksBuilder builder = new ServiceCollection().AddWebhooks();

        Assert.Throws<ArgumentNullException>(() => SqliteWebhooksBuilderExtensions.UseSqlite(null!, "Data Source=a.db"));
        Assert.Throws<ArgumentNullException>(() => builder.UseSqlite(null!));
        Assert.Throws<ArgumentException>(() => builder.UseSqlite("Data Source=:memory:"));
    }

    private static WebhookEvent NewEvent() => WebhookEvent.For("invoice.paid").WithJson("\"visible-data\""u8).Build();

    private static Task SubscribeAsync(ServiceProvider services, WebhookReceiver receiver) =>
        services.GetRequiredService<IWebhookSubscriptions>().AddAsync(new WebhookSubscription
        {
            Id = "sub_1",
            EventTypes = ["*"],
            Endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [Secret] },
        });

    private static async Task<StoreStatistics> StatisticsAsync(ServiceProvider services) =>
        await services.GetRequiredService<IWebhookStoreOperations>().ReadStatisticsAsync();

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private ServiceProvider Start(Action<IWebhooksBuilder>? configure = null) =>
        TestHost.Create(builder =>
        {
            builder.UseSqlite(_directory.ConnectionString);
            configure?.Invoke(builder);
        });
}
