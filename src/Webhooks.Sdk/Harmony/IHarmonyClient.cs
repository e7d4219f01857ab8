using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Calls the webhooks of one Divalto Harmony server.
/// </summary>
/// <remarks>
/// Registered by <c>AddHarmony</c> as a singleton; a server that was added by a name is a keyed service of that name. Thread-safe.
/// </remarks>
public interface IHarmonyClient
{
    /// <summary>
    /// Makes <paramref name="harmonyCall"/> and tells what came of it. It is repeated as far as that does no harm.
    /// </summary>
    /// <param name="harmonyCall">The call. The same one may be made again, and by several threads.</param>
    /// <param name="cancellationToken">Ends the call at once, also while it waits to retry.</param>
    /// <returns>
    /// The answer. A server that refuses, fails or is silent is an answer too, never an exception.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="harmonyCall"/> is null.</exception>
    /// <exception cref="ArgumentException">The call's URL would have more than 8,192 characters.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<HarmonyAnswer> CallAsync(HarmonyCall harmonyCall, CancellationToken cancellationToken = default);

    /// <summary>
    /// Composes the request that <see cref="CallAsync"/> would send, and sends nothing.
    /// </summary>
    /// <param name="harmonyCall">The call.</param>
    /// <returns>The request. Its URL holds the code, which is a secret.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="harmonyCall"/> is null.</exception>
    /// <exception cref="ArgumentException">The call's URL would have more than 8,192 characters.</exception>
    WebhookRequest Compose(HarmonyCall harmonyCall);
}
