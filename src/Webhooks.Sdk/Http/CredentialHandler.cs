using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Adds the endpoint's credential to each message on its way out, and takes it off again, so that no handler outside sees it.
/// </summary>
/// <remarks>
/// A token that the receiver refuses (401) is replaced once, within the attempt: the receiver has done nothing yet, and waiting for a next attempt would
/// not make the token better. Client certificates are the transport's business.
/// </remarks>
internal sealed class CredentialHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        AttemptRequest.FindRequest(request)?.CurrentEndpoint?.Credential switch
        {
            { QueryPair: { } pair } => SendWithQueryAsync(request, pair, cancellationToken),
            { HeaderName: { } name } when request.Headers.NonValidated.Contains(name) => base.SendAsync(request, cancellationToken),
            { TokenProvider: { } provider } => SendWithTokenAsync(request, provider, cancellationToken),
            { HeaderName: { } name, HeaderValue: { } value } => SendWithHeaderAsync(request, name, value, cancellationToken),
            _ => base.SendAsync(request, cancellationToken),
        };

    private async Task<HttpResponseMessage> SendWithQueryAsync(HttpRequestMessage request, string pair, CancellationToken cancellationToken)
    {
        Uri url = request.RequestUri!;

        try
        {
            request.RequestUri = ReceiverUrl.AppendQuery(url, pair);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.RequestUri = url;
        }
    }

    private async Task<HttpResponseMessage> SendWithHeaderAsync(
        HttpRequestMessage request, string name, string value, CancellationToken cancellationToken)
    {
        try
        {
            request.Headers.TryAddWithoutValidation(name, value);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.Headers.Remove(name);
        }
    }

    private async Task<HttpResponseMessage> SendWithTokenAsync(HttpRequestMessage request, WebhookTokenProvider provider, CancellationToken cancellationToken)
    {
        string token = await AskAsync(provider, rejectedToken: null, cancellationToken).ConfigureAwait(false);
        HttpResponseMessage answer = await SendAsync(token).ConfigureAwait(false);

        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            return answer;
        }

        try
        {
            string other = await AskAsync(provider, rejectedToken: token, cancellationToken).ConfigureAwait(false);

            if (string.Equals(other, token, StringComparison.Ordinal))
            {
                return answer;
            }

            token = other;
        }
        catch
        {
            answer.Dispose();
            throw;
        }

        answer.Dispose();
        return await SendAsync(token).ConfigureAwait(false);

        Task<HttpResponseMessage> SendAsync(string bearer) =>
            SendWithHeaderAsync(request, "Authorization", WebhookCredential.BearerValue(bearer), cancellationToken);
    }

    private static async ValueTask<string> AskAsync(WebhookTokenProvider provider, string? rejectedToken, CancellationToken cancellationToken)
    {
        string token;

        try
        {
            token = await provider(rejectedToken, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new CredentialUnavailableException(exception);
        }

        return WebhookCredential.IsToken(token)
            ? token
            : throw new InvalidOperationException("The token provider gave no token of visible ASCII characters (RFC 6750, section 2.1).");
    }
}
