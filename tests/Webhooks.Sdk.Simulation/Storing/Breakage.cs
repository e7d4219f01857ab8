namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>What is broken on purpose, to see that it is found.</summary>
internal enum Breakage
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The store acknowledges an event that it does not keep.</summary>
    LoseAppend,

    /// <summary>The store takes an outcome of a retry for a delivery.</summary>
    LoseDelivery,

    /// <summary>The store records an attempt twice.</summary>
    DoubleAttempt,

    /// <summary>The store applies outcomes of those who have lost their lease.</summary>
    ForgetAttempt,

    /// <summary>The store acknowledges a disabling or a pause, and forgets it.</summary>
    ForgetStop,

    /// <summary>The store gives leases that somebody else holds.</summary>
    ForgetLease,

    /// <summary>The store gives the lane of an ordered endpoint back to front.</summary>
    SwapOrder,

    /// <summary>The store gives another body with the second reading of an event.</summary>
    ChangeBody,
}
