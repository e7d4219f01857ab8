namespace Webhooks.Sdk.Testing;

/// <summary>
/// The certificate by which a <see cref="WebhookReceiver"/> proves who it is. All are made in memory and last as long as the receiver.
/// </summary>
public enum ReceiverCertificate
{
    /// <summary>None: the receiver speaks plain HTTP.</summary>
    None = 0,

    /// <summary>
    /// A good one, for <c>localhost</c> and <c>127.0.0.1</c>, issued by <see cref="WebhookReceiver.Authority"/>: accepted by whoever trusts
    /// that authority, and by nobody else.
    /// </summary>
    Valid,

    /// <summary>For the right host, but issued by itself: accepted by nobody.</summary>
    SelfSigned,

    /// <summary>Issued by <see cref="WebhookReceiver.Authority"/>, but over since yesterday.</summary>
    Expired,

    /// <summary>Issued by <see cref="WebhookReceiver.Authority"/>, but for another host.</summary>
    WrongHost,
}
