namespace Webhooks.Sdk.Generators;

/// <summary>
/// How a value is written.
/// </summary>
internal enum ShapeKind
{
    /// <summary>A string: in quotation marks, as long as it is.</summary>
    Text,

    /// <summary>A URI: the text that it was made of.</summary>
    Uri,

    /// <summary>A date, GUID or character: in quotation marks, of limited length.</summary>
    Quoted,

    /// <summary>A number, or an enum that is written as one.</summary>
    Number,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>An enum that is written by its members' names.</summary>
    EnumNames,

    /// <summary>Bytes in Base64.</summary>
    Base64,

    /// <summary>A JSON element, as it is.</summary>
    Element,

    /// <summary>Data that writes itself.</summary>
    Data,

    /// <summary>An array of any kind of list.</summary>
    List,

    /// <summary>An object of a dictionary's keys and values.</summary>
    Dictionary,
}
