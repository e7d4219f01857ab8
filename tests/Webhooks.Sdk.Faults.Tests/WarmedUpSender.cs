using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Faults.Tests;

/// <summary>
/// Sends once at leisure: the first sends of a process load and compile for longer than the time-outs of the suite.
/// </summary>
public sealed class WarmedUpSender : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await using var receiver = WebhookReceiver.Start();
        await using ServiceProvider provider = TestHost.Create();

        for (int i = 0; i < 10; i++)
        {
            WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Post(receiver.Url).WithText("x", "text/plain").Build());
            Assert.True(result.Succeeded, result.ToString());
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
