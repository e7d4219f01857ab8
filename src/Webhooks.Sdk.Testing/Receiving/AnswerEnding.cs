namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// What becomes of a connection after an answer, or the part of it that was written.
/// </summary>
internal enum AnswerEnding
{
    /// <summary>It waits for the next request.</summary>
    KeepOpen = 0,

    /// <summary>It is closed in good order (TCP FIN).</summary>
    Close,

    /// <summary>It is reset (TCP RST).</summary>
    Reset,

    /// <summary>It stays open, and nothing more is written.</summary>
    Silence,
}
