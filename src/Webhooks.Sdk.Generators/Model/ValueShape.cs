namespace Webhooks.Sdk.Generators;

/// <summary>
/// What a member, element or dictionary value is for the writer.
/// </summary>
/// <param name="Kind">How it is written.</param>
/// <param name="TypeName">The full name of its type, without <c>Nullable&lt;T&gt;</c>.</param>
/// <param name="CanBeNull">Whether it is a reference or a <c>Nullable&lt;T&gt;</c>.</param>
internal sealed record ValueShape(ShapeKind Kind, string TypeName, bool CanBeNull)
{
    /// <summary>
    /// Gets the length of the longest text of a number or quoted value, without quotation marks.
    /// </summary>
    public int MaxLength { get; init; }

    /// <summary>
    /// Gets the type to convert a number to before it is written; empty when it is written as it is.
    /// </summary>
    public string Cast { get; init; } = "";

    /// <summary>
    /// Gets what the elements of a list or the values of a dictionary are.
    /// </summary>
    public ValueShape? Element { get; init; }

    /// <summary>
    /// Gets how to go through a list.
    /// </summary>
    public ListAccess Access { get; init; }

    /// <summary>
    /// Gets whether data is a class, which is called through its interface, or a struct, which that would box.
    /// </summary>
    public bool IsReference { get; init; }

    /// <summary>
    /// Gets the names of an enum.
    /// </summary>
    public EquatableArray<EnumName> Names { get; init; }
}
