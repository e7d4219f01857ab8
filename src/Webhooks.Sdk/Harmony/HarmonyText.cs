using System;
using System.Globalization;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Turns values into the text of a parameter, the same on every machine, and refuses text that would arrive as another one.
/// </summary>
internal static class HarmonyText
{
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public static string? Of<T>(T? value, string paramName)
        where T : struct, IFormattable
    {
        bool isFinite = value switch
        {
            double number => double.IsFinite(number),
            float number => float.IsFinite(number),
            Half number => Half.IsFinite(number),
            _ => true,
        };

        return isFinite
            ? value?.ToString(format: null, CultureInfo.InvariantCulture)
            : throw new ArgumentException("The value is not a finite number; pass the text that the service expects as a string.", paramName);
    }

    /// <exception cref="ArgumentException">The format is blank or not one of the value's.</exception>
    public static string? Of(IFormattable? value, string format, string formatParamName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format, formatParamName);

        try
        {
            return value?.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"'{format}' is not a format of {value!.GetType().Name}.", formatParamName, exception);
        }
    }

    /// <exception cref="ArgumentException">The text has half of a surrogate pair, which would be sent as U+FFFD.</exception>
    public static void RefuseLoneSurrogate(string text, string paramName)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The text has half of a surrogate pair (U+{(int)text[i]:X4}) at position {i}; it was probably cut in the middle of a character."),
                    paramName);
            }
        }
    }
}
