using System;
using System.Collections.Generic;

namespace Webhooks.Sdk;

/// <summary>
/// Describes a signature beside that of <see cref="WebhookEndpointOptions.Secrets"/> in plain texts, for configuration.
/// </summary>
public sealed class WebhookSignatureOptions
{
    private Func<IWebhookSigner>? _custom;

    /// <summary>Gets or sets the name of the scheme.</summary>
    /// <value>
    /// Required: <c>GitHub</c>, <c>Stripe</c> or <c>Shopify</c>, in upper or lower case; or one that a package adds, such as <c>Ed25519</c> by <c>AddEd25519()</c>.
    /// </value>
    public string? Scheme { get; set; }

    /// <summary>Gets the keys, the newest first. They are secrets.</summary>
    /// <value>Required: exactly one text for GitHub and Shopify, which have room for one; 1 to 10 texts for Stripe.</value>
    public IList<string> Keys { get; } = [];

    /// <summary>Gets or sets the name of the header that the signature is in.</summary>
    /// <value>Null by default: that of the scheme. Otherwise a header name that is not reserved.</value>
    public string? Header { get; set; }

    /// <summary>
    /// Says how the signer is made, in place of <see cref="Scheme"/>: for packages that add a scheme, in a <c>PostConfigure</c> of <see cref="WebhookEndpointOptions"/>.
    /// </summary>
    /// <param name="create">
    /// Makes the signer, when options are validated and for each endpoint. An <see cref="ArgumentException"/> makes the options invalid; its message must not
    /// show a key.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is null.</exception>
    public void UseSigner(Func<IWebhookSigner> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _custom = create;
    }

    /// <summary>Describes the signature by its scheme, and shows nothing of its keys.</summary>
    /// <returns>For example <c>GitHub: ***</c>.</returns>
    public override string ToString() => $"{Scheme ?? "Signature"}: ***";

    // Not a property: the configuration binder would take it for one of its own.
    internal Func<IWebhookSigner>? GetCustomSigner() => _custom;
}
