using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Calls the webhooks of one server.
/// </summary>
internal sealed class HarmonyClient(NamedEndpoint server, IWebhookClient webhooks) : IHarmonyClient
{
    public Task<HarmonyAnswer> CallAsync(HarmonyCall harmonyCall, CancellationToken cancellationToken = default) =>
        SendAsync(Compose(harmonyCall), cancellationToken);

    public WebhookRequest Compose(HarmonyCall harmonyCall)
    {
        ArgumentNullException.ThrowIfNull(harmonyCall);

        return HarmonyServer.Compose(harmonyCall, server.Current);
    }

    private async Task<HarmonyAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken) =>
        HarmonyInterpreter.Interpret(await webhooks.SendAsync(request, cancellationToken).ConfigureAwait(false));
}
