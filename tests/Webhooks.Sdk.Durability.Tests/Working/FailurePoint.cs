namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>Where a worker dies.</summary>
internal enum FailurePoint
{
    /// <summary>A request is about to be sent.</summary>
    BeforeSend,

    /// <summary>The answer is here, and nothing is written down.</summary>
    AfterSend,

    /// <summary>What came of attempts is being written down.</summary>
    Commit,

    /// <summary>Deliveries of events are being made.</summary>
    FanOut,

    /// <summary>Events are being stored.</summary>
    Append,

    /// <summary>The receiver has the request and does not answer: the test kills.</summary>
    Answer,

    /// <summary>At any time: the test kills.</summary>
    AnyTime,
}
