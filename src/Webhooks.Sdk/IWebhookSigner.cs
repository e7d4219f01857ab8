using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Signs what is sent to an endpoint: one of the schemes of <see cref="WebhookSigner"/>, or your own, for a key that stays in a key management service.
/// </summary>
/// <remarks>Asked for each attempt, by many threads at once.</remarks>
public interface IWebhookSigner
{
    /// <summary>Signs the request of one attempt, by adding headers to <paramref name="context"/>.</summary>
    /// <param name="context">The id, the timestamp and the body of the request. Not to be used once the call has ended.</param>
    /// <param name="cancellationToken">Cancelled when the attempt's time is up or its caller has given up; it is waited for no longer then.</param>
    /// <returns>A task that ends when the headers are there.</returns>
    /// <remarks>
    /// When it throws, nothing is sent and the attempt ends as <see cref="WebhookFailure.NotReceived"/>, which is retried; the result names the type of the
    /// exception and shows nothing else of it.
    /// </remarks>
    ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken = default);
}
