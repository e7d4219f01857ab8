using System;
using System.Globalization;

namespace Webhooks.Sdk.Testing.Receiving;

/// <summary>
/// Refuses header names and values that would be something else on the wire. What should break HTTP is written with Raw, on purpose.
/// </summary>
internal static class HeaderText
{
    public static void ThrowIfNotName(string name, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, paramName);

        if (HeaderRules.TokenLength(name) != name.Length)
        {
            throw new ArgumentException("The header name is not a token (RFC 9110, 5.6.2). Write the answer with Raw if that is meant.", paramName);
        }
    }

    public static void ThrowIfNotValue(string value, string paramName)
    {
        ArgumentNullException.ThrowIfNull(value, paramName);

        foreach (char character in value)
        {
            if ((char.IsControl(character) && character != '\t') || character > '\u00ff')
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The header value has the character U+{(int)character:X4}, which ends the line or is not of ISO 8859-1. Write the answer with Raw if that is meant."),
                    paramName);
            }
        }
    }
}
