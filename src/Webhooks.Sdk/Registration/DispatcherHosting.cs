using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Registration;

/// <summary>Runs the dispatcher as long as the host runs.</summary>
internal sealed class DispatcherHosting(WebhookDispatcher dispatcher, IOptions<WebhookOutboxOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.RunDispatcher ? dispatcher.RunAsync(stoppingToken) : Task.CompletedTask;
}
