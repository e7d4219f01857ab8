using System;
using System.Runtime.Intrinsics;

namespace Webhooks.Sdk.Json;

/// <summary>
/// One rule of what is escaped in strings and names, as a type parameter: the runtime compiles the loops over text once for each rule.
/// </summary>
/// <remarks>
/// <em>Plain</em> text is ASCII that is written as it is: it is the same in UTF-16, in UTF-8 and in JSON.
/// </remarks>
internal interface IJsonEscaping
{
    /// <summary>
    /// Gets what becomes of each of the 128 characters of ASCII: 0 when it is plain, else the letter behind the reverse solidus, of which
    /// <c>u</c> is followed by four digits.
    /// </summary>
    static abstract ReadOnlySpan<byte> Letters { get; }

    /// <summary>
    /// Gives a vector in which the bytes that are not plain, and no others, are not 0.
    /// </summary>
    static abstract Vector128<byte> FindSpecial(Vector128<byte> text);

    /// <summary>
    /// Writes a character beyond ASCII, at most <see cref="JsonText.MaxCharacterLength"/> bytes, and says how many.
    /// </summary>
    static abstract int Write(uint codePoint, ref byte to);
}
