namespace Webhooks.Sdk;

/// <summary>
/// Ways to sign a webhook that are older than Standard Webhooks, each in a header of its own. Their keys are texts, and what is keyed is HMAC-SHA256.
/// </summary>
public enum WebhookSignatureScheme
{
    /// <summary>As GitHub signs: <c>X-Hub-Signature-256: sha256=</c> and the body's code in lower hexadecimal. One key, and no timestamp.</summary>
    GitHub,

    /// <summary>
    /// As Stripe signs: <c>Stripe-Signature: t=…,v1=…</c>, the timestamp in seconds, and the code of <c>timestamp.body</c> in lower hexadecimal for each key.
    /// </summary>
    Stripe,

    /// <summary>As Shopify signs: <c>X-Shopify-Hmac-Sha256</c>, the body's code in Base64. One key, and no timestamp.</summary>
    Shopify,
}
