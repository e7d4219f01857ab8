namespace Webhooks.Sdk.Generators;

/// <summary>
/// The numbers of <c>System.Text.Json.Serialization.JsonIgnoreCondition</c>.
/// </summary>
internal enum IgnoreCondition
{
    /// <summary>Always written.</summary>
    Never = 0,

    /// <summary>Always left out.</summary>
    Always = 1,

    /// <summary>Left out when it is the default of its type.</summary>
    WhenWritingDefault = 2,

    /// <summary>Left out when it is null.</summary>
    WhenWritingNull = 3,

    /// <summary>Left out, but read.</summary>
    WhenWriting = 4,

    /// <summary>Written, but not read.</summary>
    WhenReading = 5,
}
