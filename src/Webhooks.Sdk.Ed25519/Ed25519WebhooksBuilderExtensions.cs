using System;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk;

/// <summary>
/// Adds ed25519 to the schemes that configuration can name.
/// </summary>
public static class Ed25519WebhooksBuilderExtensions
{
    private const string Scheme = "Ed25519";

    /// <summary>
    /// Lets <see cref="WebhookSignatureOptions.Scheme"/> be <c>Ed25519</c>, with private keys (<c>whsk_…</c>) as its keys. Not needed where an
    /// <see cref="Ed25519Signer"/> is set in code. Called again, it changes nothing.
    /// </summary>
    /// <param name="builder">The builder that <c>AddWebhooks()</c> returns.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IWebhooksBuilder AddEd25519(this IWebhooksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.PostConfigureAll<WebhookEndpointOptions>(static endpoint =>
        {
            foreach (WebhookSignatureOptions signature in endpoint.Signatures)
            {
                if (string.Equals(signature.Scheme, Scheme, StringComparison.OrdinalIgnoreCase))
                {
                    signature.UseSigner(() => Create(signature));
                }
            }
        });

        return builder;
    }

    private static Ed25519Signer Create(WebhookSignatureOptions options) => options.Header is null
        ? new Ed25519Signer(options.Keys.Select(Ed25519PrivateKey.Parse))
        : throw new ArgumentException($"The scheme {Scheme} is in webhook-signature; leave the header out.", nameof(options));
}
