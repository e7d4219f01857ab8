using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Stamps each message that goes out (Standard Webhooks 1.0.0): <c>webhook-id</c>, <c>webhook-timestamp</c> and, where the endpoint has secrets,
/// <c>webhook-signature</c>.
/// </summary>
/// <remarks>
/// The innermost handler before the transport, so that a message is stamped anew however often a handler outside sends it again. Requests that neither tell
/// of an event nor have an endpoint with secrets pass as they are.
/// </remarks>
internal sealed class SigningHandler(TimeProvider timeProvider) : DelegatingHandler
{
    private const string IdHeader = "webhook-id";
    private const string TimestampHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (AttemptRequest.FindRequest(request) is { } sent)
        {
            // The secrets of now: a rotation between two passes counts.
            IReadOnlyList<WebhookSecret> secrets = sent.CurrentEndpoint?.Secrets ?? [];

            if (sent.IsEvent || secrets.Count > 0)
            {
                Stamp(request, sent, secrets);
            }
        }

        return base.SendAsync(request, cancellationToken);
    }

    private void Stamp(HttpRequestMessage request, WebhookRequest sent, IReadOnlyList<WebhookSecret> secrets)
    {
        long timestamp = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        Set(request, IdHeader, sent.Id);
        Set(request, TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Remove(SignatureHeader);

        if (secrets.Count > 0)
        {
            RefuseOtherBody(request, sent);
            request.Headers.TryAddWithoutValidation(SignatureHeader, Signature.Sign(secrets, sent.Id, timestamp, sent.Body.Span));
        }
    }

    // A handler outside may have compressed or rewritten the body: the signature would not fit what the receiver reads.
    private static void RefuseOtherBody(HttpRequestMessage request, WebhookRequest sent)
    {
        bool isOurs = request.Content is null ? sent.Body.IsEmpty : (request.Content as BodyContent)?.Request == sent;

        if (!isOurs)
        {
            throw new InvalidOperationException(
                "A handler has replaced the body of a request that is signed. The receiver would find that the signature does not fit: leave the body as it is.");
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
