using System;
using System.Text.Json.Serialization;

namespace Webhooks.Sdk;

/// <summary>
/// Asks the source generator for a JSON writer of this type, the fastest there is; the type then implements <see cref="IWebhookData"/>.
/// </summary>
/// <remarks>
/// <para>
/// The type and the types around it must be <see langword="partial"/>. Written are the public properties with a public getter, those of base
/// types too, in the order of System.Text.Json and with its texts for numbers, dates and all else. Strings are escaped as RFC 8259 section 7
/// requires and no further.
/// </para>
/// <para>
/// Members may be strings, <see cref="char"/>, <see cref="bool"/>, numbers, enums, dates and times, <see cref="Guid"/>, <see cref="Uri"/>,
/// <c>JsonElement</c>, bytes (as Base64), other types with this attribute, and arrays, lists, and dictionaries with string keys of all these.
/// A member whose value is of a derived type with this attribute is written with all that the derived type has.
/// </para>
/// <para>
/// Honoured are <see cref="JsonPropertyNameAttribute"/>, <see cref="JsonPropertyOrderAttribute"/>, <see cref="JsonIgnoreAttribute"/>,
/// <see cref="JsonIncludeAttribute"/> and, on enums and members of an enum's type, <see cref="JsonStringEnumConverter{TEnum}"/> with
/// <see cref="JsonStringEnumMemberNameAttribute"/>. Whatever else would change the JSON is reported by the compiler, never passed over.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class WebhookDataAttribute : Attribute
{
    /// <summary>
    /// Gets or sets how the names of members are made of the names of properties.
    /// </summary>
    /// <value>
    /// The default value is <see cref="JsonKnownNamingPolicy.CamelCase"/>. <see cref="JsonKnownNamingPolicy.Unspecified"/> leaves the names as
    /// they are. A <see cref="JsonPropertyNameAttribute"/> has precedence; the keys of dictionaries are never changed.
    /// </value>
    public JsonKnownNamingPolicy Naming { get; set; } = JsonKnownNamingPolicy.CamelCase;

    /// <summary>
    /// Gets or sets which members are left out.
    /// </summary>
    /// <value>
    /// The default value is <see cref="JsonIgnoreCondition.Never"/>: null is written as <c>null</c>.
    /// <see cref="JsonIgnoreCondition.WhenWritingNull"/> and <see cref="JsonIgnoreCondition.WhenWritingDefault"/> are the others that are
    /// possible. A member's own <see cref="JsonIgnoreAttribute"/> has precedence.
    /// </value>
    public JsonIgnoreCondition DefaultIgnoreCondition { get; set; }
}
