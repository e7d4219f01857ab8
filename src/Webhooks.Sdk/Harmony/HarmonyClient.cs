using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Calls the webhooks of the server that the options of one name describe.
/// </summary>
internal sealed class HarmonyClient(IWebhookClient webhooks, IOptionsMonitor<HarmonyOptions> options, string name) : IHarmonyClient
{
    private HarmonyServer? _server;

    public Task<HarmonyAnswer> CallAsync(HarmonyCall harmonyCall, CancellationToken cancellationToken = default) =>
        SendAsync(Compose(harmonyCall), cancellationToken);

    public WebhookRequest Compose(HarmonyCall harmonyCall)
    {
        ArgumentNullException.ThrowIfNull(harmonyCall);

        return CurrentServer().Compose(harmonyCall);
    }

    private async Task<HarmonyAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        HarmonyInterpreter.Interpret(await webhooks.SendAsync(request, cancellationToken).ConfigureAwait(false));

    private HarmonyServer CurrentServer()
    {
        HarmonyOptions current = options.Get(name);

        // The monitor hands out the same instance until something changes. Two threads may both build the server then; either one's serves.
        if (_server is not { } server || server.Options != current)
        {
            server = new HarmonyServer(current, name);
            _server = server;
        }

        return server;
    }
}
