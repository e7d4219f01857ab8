namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>What an endpoint's receiver and the nodes have told each other of one event.</summary>
internal sealed record Correspondence
{
    /// <summary>Gets or sets how many requests were made.</summary>
    public int Sent { get; set; }

    /// <summary>Gets or sets how many requests the receiver has accepted.</summary>
    public int Accepted { get; set; }

    /// <summary>Gets or sets how many requests the receiver has refused for good.</summary>
    public int Refused { get; set; }

    /// <summary>Gets or sets the body of the first request.</summary>
    public byte[]? Body { get; set; }
}
