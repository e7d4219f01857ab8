namespace Webhooks.Sdk.Simulation.Network;

/// <summary>How a receiver treats who calls it.</summary>
internal enum ReceiverMood
{
    /// <summary>It accepts everything.</summary>
    Well = 0,

    /// <summary>It accepts some, fails others, and is slow.</summary>
    Moody,

    /// <summary>It answers with errors.</summary>
    Failing,

    /// <summary>It asks to be called later.</summary>
    Busy,

    /// <summary>It takes no connection.</summary>
    Unreachable,

    /// <summary>It takes the request and never answers, or loses the connection.</summary>
    Silent,

    /// <summary>It refuses for good what it is sent.</summary>
    Refusing,

    /// <summary>It is gone, or wants nothing any more.</summary>
    Gone,
}
