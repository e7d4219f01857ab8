using System;
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
    public static string Of(IFormattable value, string format, string formatParamName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format, formatParamName);

        try
        {
            return value.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"'{format}' is not a format of {value.GetType().Name}.", formatParamName, e);
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
        int number => Of(number, paramName),
        long number => Of(number, paramName),
        decimal number => Of(number, paramName),
        double number => Of(number, paramName),
        float number => Of(number, paramName),
        Guid guid => guid.ToString(),
        char character => Of(character, paramName),
        byte number => Of(number, paramName),
        sbyte number => Of(number, paramName),
        short number => Of(number, paramName),
        ushort number => Of(number, paramName),
        uint number => Of(number, paramName),
        ulong number => Of(number, paramName),
        nint number => Of(number, paramName),
        nuint number => Of(number, paramName),
        Int128 number => Of(number, paramName),
        UInt128 number => Of(number, paramName),
        Half number => Of(number, paramName),
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => throw new ArgumentException(
            $"A {value.GetType().Name} has no one text that receivers agree on; pass a string made with an explicit format and the invariant culture.",
            paramName),
        _ => throw new ArgumentException(
            $"A value of type {value.GetType()} has no text that receivers agree on; pass a string, a bool, a char, a number or a Guid.",
            paramName),
    };

    private static string Of<T>(T value, string paramName)
        where T : struct, INumberBase<T>
    {
        return Format(value, stackalloc char[MaxLength], paramName).ToString();
    }
}
