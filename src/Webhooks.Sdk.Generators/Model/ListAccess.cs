namespace Webhooks.Sdk.Generators;

/// <summary>
/// The fastest way to go through a list.
/// </summary>
internal enum ListAccess
{
    /// <summary>An array.</summary>
    Array,

    /// <summary>A <c>List&lt;T&gt;</c>, whose elements are seen as a span.</summary>
    List,

    /// <summary>An <c>ImmutableArray&lt;T&gt;</c>, which is null in its own way.</summary>
    ImmutableArray,

    /// <summary>A <c>Memory&lt;T&gt;</c> or <c>ReadOnlyMemory&lt;T&gt;</c>.</summary>
    Memory,

    /// <summary>Any other list with an index.</summary>
    Indexed,

    /// <summary>A collection without an index.</summary>
    Enumerated,
}
