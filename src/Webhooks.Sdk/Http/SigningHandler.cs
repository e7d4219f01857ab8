using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Stamps each message that goes out (Standard Webhooks 1.0.0): <c>webhook-id</c>, <c>webhook-timestamp</c> and, where the endpoint has secrets,
/// <c>webhook-signature</c>; and has it signed by the endpoint's signers.
/// </summary>
/// <remarks>
/// The innermost handler before the transport, so that a message is stamped anew however often a handler outside sends it again. Requests that neither tell
/// of an event nor have an endpoint with secrets or signers pass as they are.
/// </remarks>
internal sealed class SigningHandler(TimeProvider timeProvider) : DelegatingHandler
{
    private const string HeaderPrefix = "webhook-";
    private const string IdHeader = HeaderPrefix + "id";
    private const string TimestampHeader = HeaderPrefix + "timestamp";
    private const string SignatureHeader = HeaderPrefix + "signature";

    private Second _second = new(0, "0");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (AttemptRequest.FindRequest(request) is { } sent)
        {
            // The keys of now: a rotation between two passes counts.
            WebhookEndpoint? endpoint = sent.CurrentEndpoint;

            if (sent.IsEvent || endpoint is { IsSigned: true })
            {
                Second second = Now();
                Stamp(request, sent, second, endpoint?.Secrets ?? []);

                if (endpoint is { Signers.Count: > 0 } && !TrySign(request, sent, second.Timestamp, endpoint.Signers))
                {
                    return AskAndSendAsync(request, sent, second.Timestamp, endpoint.Signers, cancellationToken);
                }
            }
        }

        return base.SendAsync(request, cancellationToken);
    }

    private static void Stamp(HttpRequestMessage request, WebhookRequest sent, Second second, IReadOnlyList<WebhookSecret> secrets)
    {
        RemoveStamps(request.Headers);
        request.Headers.TryAddWithoutValidation(IdHeader, sent.Id);
        request.Headers.TryAddWithoutValidation(TimestampHeader, second.Text);

        if (secrets.Count > 0)
        {
            RefuseOtherBody(request, sent);
            request.Headers.TryAddWithoutValidation(SignatureHeader, Signature.Sign(secrets, sent.Id, second.Timestamp, sent.Body.Span));
        }
    }

    /// <summary>Signs by our own signers, which need not be waited for.</summary>
    /// <returns>Whether all signers are our own.</returns>
    private static bool TrySign(HttpRequestMessage request, WebhookRequest sent, long timestamp, IReadOnlyList<IWebhookSigner> signers)
    {
        RefuseOtherBody(request, sent);
        bool areOurs = true;

        for (int i = 0; i < signers.Count; i++)
        {
            if (signers[i] is WebhookSigner signer)
            {
                Set(request, signer.Header, signer.Sign(timestamp, sent.Body.Span));
            }
            else
            {
                areOurs = false;
            }
        }

        return areOurs;
    }

    private async Task<HttpResponseMessage> AskAndSendAsync(
        HttpRequestMessage request, WebhookRequest sent, long timestamp, IReadOnlyList<IWebhookSigner> signers, CancellationToken cancellationToken)
    {
        var context = new WebhookSigningContext(sent.Id, timestamp, sent.Body);

        foreach (IWebhookSigner signer in signers)
        {
            if (signer is not WebhookSigner)
            {
                await AskAsync(request, context, signer, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (KeyValuePair<string, string> header in context.Headers)
        {
            Set(request, header.Key, header.Value);
        }

        if (context.Signatures.Length > 0)
        {
            string signatures = request.Headers.NonValidated.TryGetValues(SignatureHeader, out HeaderStringValues own)
                ? $"{own} {context.Signatures}"
                : context.Signatures;
            Set(request, SignatureHeader, signatures);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask AskAsync(
        HttpRequestMessage request, WebhookSigningContext context, IWebhookSigner signer, CancellationToken cancellationToken)
    {
        try
        {
            ValueTask signing = signer.SignAsync(context, cancellationToken);
            await (signing.IsCompleted ? signing : new ValueTask(WaitAsync(signing.AsTask(), cancellationToken))).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new SignerFailedException(exception, isFirstSending: request is AttemptRequest { IsUnwritten: true });
        }
    }

    // A signer that does not heed the token is left behind: the attempt has one deadline. How it ends then is looked at by nobody, and must not reach the
    // application's handler of unobserved exceptions, which would log it.
    private static Task WaitAsync(Task signing, CancellationToken cancellationToken)
    {
        _ = signing.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return signing.WaitAsync(cancellationToken);
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

    // Set by an earlier pass or by a handler outside. To look for them costs less than to remove what is not there.
    private static void RemoveStamps(HttpRequestHeaders headers)
    {
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
        {
            if (header.Key.StartsWith(HeaderPrefix, StringComparison.OrdinalIgnoreCase))
            {
                headers.Remove(IdHeader);
                headers.Remove(TimestampHeader);
                headers.Remove(SignatureHeader);
                return;
            }
        }
    }

    private Second Now()
    {
        long timestamp = timeProvider.GetUtcNow().ToUnixTimeSeconds();
        Second second = _second;

        // Whoever sends much sends many in a second. Threads that meet may each make one; all of them are right.
        if (second.Timestamp != timestamp)
        {
            second = new Second(timestamp, timestamp.ToString(CultureInfo.InvariantCulture));
            _second = second;
        }

        return second;
    }

    // A reference, so that both are seen together by every thread.
    private sealed record Second(long Timestamp, string Text);
}
