using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A signer that does what the test says.</summary>
internal sealed class StubSigner(Func<WebhookSigningContext, CancellationToken, ValueTask> sign) : IWebhookSigner
{
    public int Calls { get; private set; }

    public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken)
    {
        Calls++;
        return sign(context, cancellationToken);
    }
}
