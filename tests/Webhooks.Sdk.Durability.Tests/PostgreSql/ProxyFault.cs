namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>What is wrong between an application and its database.</summary>
public enum ProxyFault
{
    None,

    /// <summary>Connections are closed, and none comes about.</summary>
    Drop,

    /// <summary>Connections are reset, and none comes about.</summary>
    Reset,

    /// <summary>Nothing gets through, and nobody is told; what was sent gets through later.</summary>
    Blackhole,

    /// <summary>Everything takes half a second longer, both ways.</summary>
    Slow,

    /// <summary>What the database says does not get through, nor ever will: the connections are lost, and nobody is told.</summary>
    HalfOpen,
}
