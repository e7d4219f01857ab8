using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// Tells one Skalin account what its customers do.
/// </summary>
/// <remarks>
/// Registered by <c>AddSkalin(…)</c> as a singleton: the default account as itself, the others as keyed services by their names. Thread-safe.
/// </remarks>
public interface ISkalinClient
{
    /// <summary>
    /// Sends <paramref name="skalinEvent"/> and tells what came of it. Every attempt has the same event id, so Skalin keeps one event of them;
    /// that is why an attempt whose fate is unknown is repeated too.
    /// </summary>
    /// <param name="skalinEvent">The event to send.</param>
    /// <param name="cancellationToken">Ends the send at once, also while it waits to retry.</param>
    /// <returns>
    /// The result. It is a success when Skalin answered with a 2xx status and did not say <c>"status":"error"</c> in the body.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="skalinEvent"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="OptionsValidationException">The account's options are not valid.</exception>
    Task<WebhookResult> SendAsync(SkalinEvent skalinEvent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes the request that carries <paramref name="skalinEvent"/> without sending it: to inspect, or to enqueue.
    /// </summary>
    /// <param name="skalinEvent">The event to carry.</param>
    /// <returns>
    /// A POST request to the account's webhook. Its URL holds the account's secrets. Its id is made of the event's, so the same event gives the
    /// same request.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="skalinEvent"/> is null.</exception>
    /// <exception cref="OptionsValidationException">The account's options are not valid.</exception>
    WebhookRequest Compose(SkalinEvent skalinEvent);
}
