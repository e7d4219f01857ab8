namespace Webhooks.Sdk.Testing;

/// <summary>
/// How far a <see cref="WebhookReceiver"/> is with a request: where an answer can break off.
/// </summary>
public enum ReceiverStage
{
    /// <summary>The connection is accepted and nothing is read from it; a TLS handshake has not begun. No request is recorded.</summary>
    OnAccept = 0,

    /// <summary>The first bytes of a request have arrived, and nobody looks at them. No request is recorded.</summary>
    BeforeReading,

    /// <summary>The request's headers are read, its body is not. The request is recorded without its body.</summary>
    AfterRequestHeaders,

    /// <summary>The whole request is read and recorded; nothing of the answer is written.</summary>
    AfterRequestBody,

    /// <summary>The status line is written, and no header.</summary>
    AfterStatusLine,

    /// <summary>The first half of the headers is written, up to the middle of a line.</summary>
    WithinHeaders,

    /// <summary>All headers and the empty line after them are written, and nothing of the body.</summary>
    AfterHeaders,

    /// <summary>The first half of the body is written; of an endless one, the first half of its first block.</summary>
    WithinBody,

    /// <summary>The whole answer is written, and the client may reuse the connection.</summary>
    AfterAnswer,
}
