using System;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk;

/// <summary>
/// Delivers what was published and enqueued: makes deliveries of events, attempts them by the schedule of their endpoints, and records what came of it.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton; a host runs it by itself (<see cref="WebhookOutboxOptions.RunDispatcher"/>). At least once: what was under
/// way when a process was killed is sent again. Thread-safe, but only one call of <see cref="RunAsync"/> or <see cref="DrainAsync"/> may be under way.
/// </remarks>
public sealed class WebhookDispatcher
{
    private readonly DispatcherParts _parts;

    internal WebhookDispatcher(DispatcherParts parts)
    {
        _parts = parts;
    }

    /// <summary>Delivers until it is cancelled. When the store fails, it is tried again.</summary>
    /// <param name="cancellationToken">Ends the work: attempts under way may end, and what was not attempted is left to whoever goes on.</param>
    /// <returns>A task that ends, without an exception, when all is put down.</returns>
    /// <exception cref="InvalidOperationException">
    /// The dispatcher runs already, or the keys of now do not fit what is stored.
    /// </exception>
    public Task RunAsync(CancellationToken cancellationToken = default) => WorkAsync(static (run, token) => run.RunAsync(token), cancellationToken);

    /// <summary>Delivers what is due, and returns when nothing is: retries that wait for their time are left waiting.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">
    /// The dispatcher runs already, or the keys of now do not fit what is stored.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="WebhookStoreException">The store cannot be reached.</exception>
    public Task DrainAsync(CancellationToken cancellationToken = default) => WorkAsync(static (run, token) => run.DrainAsync(token), cancellationToken);

    private async Task WorkAsync(Func<DispatcherRun, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (!_parts.Presence.TryEnter())
        {
            throw new InvalidOperationException("The dispatcher runs already; a host runs it by itself unless WebhookOutboxOptions.RunDispatcher is false.");
        }

        try
        {
            var run = new DispatcherRun(_parts);
            await using (run.ConfigureAwait(false))
            {
                await work(run, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _parts.Presence.Leave();
        }
    }
}
