using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing.Differences;

namespace Webhooks.Sdk.Testing;

/// <content>What tests wait for, and assert.</content>
public sealed partial class WebhookReceiver
{
    /// <summary>Waits until <paramref name="count"/> requests were read; <see cref="WebhookReceiverOptions.WaitTimeout"/> at most.</summary>
    /// <param name="count">How many, since the receiver was started.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>All requests so far: at least as many.</returns>
    /// <exception cref="WebhookAssertionException">Not as many came in time.</exception>
    /// <exception cref="WebhookReceiverException">A function of the script threw, or a client did not speak HTTP.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed before as many came.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<IReadOnlyList<ReceivedRequest>> WaitForRequestsAsync(int count, CancellationToken cancellationToken = default)
    {
        await WaitAsync(_requestCount, count, cancellationToken).ConfigureAwait(false);

        return Requests;
    }

    /// <summary>
    /// Waits until <paramref name="count"/> connections were accepted, whether requests came on them or not;
    /// <see cref="WebhookReceiverOptions.WaitTimeout"/> at most.
    /// </summary>
    /// <param name="count">How many, since the receiver was started.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <inheritdoc cref="WaitForRequestsAsync"/>
    public Task WaitForConnectionsAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(_connectionCount, count, cancellationToken);

    /// <summary>
    /// Waits until <paramref name="count"/> connections have ended, by the client or by the receiver;
    /// <see cref="WebhookReceiverOptions.WaitTimeout"/> at most.
    /// </summary>
    /// <param name="count">How many, since the receiver was started.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <inheritdoc cref="WaitForRequestsAsync"/>
    public Task WaitForConnectionsToEndAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(_endedCount, count, cancellationToken);

    /// <summary>Asserts that one request came so far.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">None came, or several; the message lists them.</exception>
    /// <exception cref="WebhookReceiverException">A function of the script threw, or a client did not speak HTTP.</exception>
    public ReceivedRequest AssertSingleRequest()
    {
        ThrowIfFailed();

        return RequestComparison.Single(Requests);
    }

    /// <summary>Asserts that no request came so far.</summary>
    /// <exception cref="WebhookAssertionException">One came, or several; the message lists them.</exception>
    /// <exception cref="WebhookReceiverException">A function of the script threw, or a client did not speak HTTP.</exception>
    public void AssertNoRequests()
    {
        ThrowIfFailed();
        RequestComparison.None(Requests);
    }

    private async Task WaitAsync(Tally tally, int count, CancellationToken cancellationToken)
    {
        ThrowIfFailed();

        try
        {
            await tally.WaitForAsync(count, _options.WaitTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookReceiverException)
        {
            // The test knows by this; its disposal need not say it again.
            _failure = null;
            throw;
        }
    }
}
