namespace Webhooks.Sdk.Generators;

/// <summary>
/// When a member is left out.
/// </summary>
internal enum Omission
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>When it is null.</summary>
    WhenNull,

    /// <summary>When it is the default of its type.</summary>
    WhenDefault,
}
