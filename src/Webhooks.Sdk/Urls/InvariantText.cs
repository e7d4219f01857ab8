using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Turns values into the text that goes into a URL or a form: the same on every machine, whatever its culture.
/// </summary>
/// <remarks>
/// Dates and times have no one form that receivers agree on, so they need a format.
/// </remarks>
internal static class InvariantText
{
    /// <summary>The room that the longest value needs (Int128: 40 characters).</summary>
    public const int MaxLength = 64;

    /// <summary>
    /// Formats a number or a character, in <paramref name="scratch"/> of <see cref="MaxLength"/> characters.
    /// </summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    public static ReadOnlySpan<char> Format<T>(T value, Span<char> scratch, string paramName)
        where T : struct, INumberBase<T>
    {
        if (!T.IsFinite(value))
        {
            throw new ArgumentException(
                "The value is not a finite number, and receivers do not agree on a text for it; pass the text that yours expects as a string.",
                paramName);
        }

        value.TryFormat(scratch, out int length, format: default, CultureInfo.InvariantCulture);
        return scratch[..length];
    }

    /// <summary>
    /// Formats a <see cref="Guid"/> as 32 lower-case hex digits in five groups, in <paramref name="scratch"/> of <see cref="MaxLength"/> characters.
    /// </summary>
    public static ReadOnlySpan<char> Format(Guid value, Span<char> scratch)
    {
        value.TryFormat(scratch, out int length);
        return scratch[..length];
    }

    public static string Of(bool value) => value ? "true" : "false";

    /// <exception cref="ArgumentException">The format is empty or not one of the value's.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Of(IFormattable? value, string format, string formatParamName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format, formatParamName);

        try
        {
            return value?.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"'{format}' is not a format of {value!.GetType().Name}.", formatParamName, e);
        }
    }

    /// <summary>
    /// Formats a value whose type is known only when the program runs.
    /// </summary>
    /// <exception cref="ArgumentException">The value is a date or a time, or of a type that has no agreed text.</exception>
    public static string Of(object value, string paramName) => value switch
    {
        string text => text,
        bool flag => Of(flag),
        int number => OfNumber(number, paramName),
        long number => OfNumber(number, paramName),
        decimal number => OfNumber(number, paramName),
        double number => OfNumber(number, paramName),
        float number => OfNumber(number, paramName),
        Guid guid => guid.ToString(),
        char character => OfNumber(character, paramName),
        byte number => OfNumber(number, paramName),
        sbyte number => OfNumber(number, paramName),
        short number => OfNumber(number, paramName),
        ushort number => OfNumber(number, paramName),
        uint number => OfNumber(number, paramName),
        ulong number => OfNumber(number, paramName),
        nint number => OfNumber(number, paramName),
        nuint number => OfNumber(number, paramName),
        Int128 number => OfNumber(number, paramName),
        UInt128 number => OfNumber(number, paramName),
        Half number => OfNumber(number, paramName),
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => throw new ArgumentException(
            $"A {value.GetType().Name} has no one text that receivers agree on; pass a string made with an explicit format and the invariant culture.",
            paramName),
        _ => throw new ArgumentException(
            $"A value of type {value.GetType()} has no text that receivers agree on; pass a string, a bool, a char, a number or a Guid.",
            paramName),
    };

    /// <summary>
    /// Formats a number or a character; null stays null.
    /// </summary>
    /// <exception cref="ArgumentException">The value is not a finite number.</exception>
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Of<T>(T? value, string paramName)
        where T : struct, INumberBase<T>
    {
        return value is { } number ? OfNumber(number, paramName) : null;
    }

    private static string OfNumber<T>(T value, string paramName)
        where T : struct, INumberBase<T>
    {
        return Format(value, stackalloc char[MaxLength], paramName).ToString();
    }
}
