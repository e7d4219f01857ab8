using System;
using System.Globalization;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// Refuses the texts that cannot be what they are passed for. Messages give lengths, positions and code points, never the text.
/// </summary>
/// <remarks>
/// Skalin states no lengths; 255 is a ceiling that nothing seen comes near.
/// </remarks>
internal static class SkalinText
{
    private const int MaxLength = 255;

    public static void RefuseAsCustomerId(string customerId, string paramName)
    {
        RefuseBlankOrLong(customerId, "A customer id", paramName);

        // A customer whom Skalin does not know would be the outcome of each of these, and no error.
        if (char.IsWhiteSpace(customerId[0]) || char.IsWhiteSpace(customerId[^1]))
        {
            throw new ArgumentException("A customer id has no white space at either end, but this one has. Trim it.", paramName);
        }

        UrlText.RefuseControl(customerId, paramName);
        UrlText.RefuseLoneSurrogate(customerId, paramName);
    }

    public static void RefuseAsFeature(string name, string paramName) => RefuseBlankOrLong(name, "The name of a feature", paramName);

    public static void RefuseAsSourceId(string sourceId, string paramName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceId, paramName);

        // Its UTF-8 form would be that of other broken texts too, and their events would replace each other.
        UrlText.RefuseLoneSurrogate(sourceId, paramName);
    }

    private static void RefuseBlankOrLong(string text, string what, string paramName)
    {
        ArgumentNullException.ThrowIfNull(text, paramName);

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{what} has 1 to {MaxLength} characters, but this one is {(text.Length == 0 ? "empty" : "blank")}."),
                paramName);
        }

        if (text.Length > MaxLength)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{what} has 1 to {MaxLength} characters, but this one has {text.Length}."), paramName);
        }
    }
}
