using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Shakes hands through the one attempt.
/// </summary>
internal sealed class WebhookEndpointVerifier(AttemptSender attempts, IOptionsMonitor<WebhookOptions> options, TimeProvider timeProvider) : IWebhookEndpointVerifier
{
    public Task<WebhookHandshakeResult> VerifyAsync(WebhookEndpoint endpoint, WebhookHandshake handshake, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(handshake);
        cancellationToken.ThrowIfCancellationRequested();

        return VerifyCoreAsync(endpoint.Current, handshake, cancellationToken);
    }

    private async Task<WebhookHandshakeResult> VerifyCoreAsync(WebhookEndpoint endpoint, WebhookHandshake handshake, CancellationToken cancellationToken)
    {
        string challenge = HandshakeRequest.CreateChallenge();
        WebhookRequest request = HandshakeRequest.Create(endpoint, handshake, challenge, timeProvider.GetUtcNow());
        AttemptOutcome outcome = await attempts.SendAsync(request, options.CurrentValue, number: 1, cancellationToken).ConfigureAwait(false);

        return outcome.Answer is null
            ? new WebhookHandshakeResult(outcome.Attempt, outcome.Attempt.Failure, "The receiver gave no answer.", origin: null, allowedRate: null)
            : HandshakeAnswer.Read(handshake, challenge, outcome.Attempt, outcome.Answer, outcome.ResponseText ?? "");
    }
}
