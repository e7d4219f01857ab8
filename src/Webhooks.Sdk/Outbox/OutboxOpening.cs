using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Opens the store once, and refuses keys that do not fit what is stored.
/// </summary>
/// <remarks>A failure is not remembered: the next call tries again.</remarks>
internal sealed class OutboxOpening(IWebhookStore store, IWebhookSealer sealer, OutboxEnvironment environment, ILogger<OutboxOpening> logger) : IDisposable
{
    private const string Canary = "sealing-canary";

    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isOpen;

    public ValueTask OpenAsync(CancellationToken cancellationToken) => _isOpen ? default : OpenOnceAsync(cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async ValueTask OpenOnceAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);

        try
        {
            if (_isOpen)
            {
                return;
            }

            if (store.Capabilities.IsDurable && sealer is ProcessSealer)
            {
                throw new InvalidOperationException(
                    "Secrets would lie in the database in the clear: no key is configured. Add AddWebhooks().UseSealingKeys(WebhookSealingKey.Parse(…)), or another IWebhookSealer.");
            }

            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            byte[] candidate = sealer.Seal(Encoding.UTF8.GetBytes(Canary), Canary);
            ReadOnlyMemory<byte> kept = await store.KeepAsync(Canary, candidate, cancellationToken).ConfigureAwait(false);

            if (!sealer.TryUnseal(kept.Span, Canary, out _))
            {
                throw new InvalidOperationException(
                    "The keys of now do not unseal what is stored: the store was written under another key. Configure that key, behind a new one if need be, or use another database.");
            }

            if (!store.Capabilities.IsDurable && environment.IsProduction)
            {
                Log.StoreInMemory(logger);
            }

            _isOpen = true;
        }
        finally
        {
            _gate.Release();
        }
    }
}
