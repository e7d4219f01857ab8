using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

public sealed partial class WebhookUrl
{
    /// <summary>
    /// Appends a query parameter.
    /// </summary>
    /// <param name="name">The name; the same name may be appended again.</param>
    /// <param name="value">The value. An empty one is sent as <c>name=</c>; null leaves the parameter out.</param>
    /// <returns>
    /// This composer.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The name is blank, a text has half of a surrogate pair, or the URL becomes too long.
    /// </exception>
    /// <exception cref="InvalidOperationException">The URL was built.</exception>
    // The priority makes Query("name", null) mean this one.
    [OverloadResolutionPriority(1)]
    public WebhookUrl Query(string name, string? value)
    {
        CheckName(name);

        if (value is not null)
        {
            AppendParameter(name, value);
        }

        return this;
    }

    /// <summary>
    /// Appends a query parameter, as <c>true</c> or <c>false</c>.
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, bool? value) => Query(name, value is { } flag ? InvariantText.Of(flag) : null);

    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, char? value) => AppendFormatted(name, value);

    /// <summary>
    /// Appends a query parameter, as decimal digits. Integers of all smaller types and <see cref="nint"/> come here.
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, long? value) => AppendFormatted(name, value);

    /// <summary>
    /// Appends a query parameter, as decimal digits.
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, ulong? value) => AppendFormatted(name, value);

    /// <inheritdoc cref="Query(string, ulong?)"/>
    // The lower priority keeps integer literals from fitting here as well as to long.
    [OverloadResolutionPriority(-1)]
    public WebhookUrl Query(string name, Int128? value) => AppendFormatted(name, value);

    /// <inheritdoc cref="Query(string, ulong?)"/>
    [OverloadResolutionPriority(-1)]
    public WebhookUrl Query(string name, UInt128? value) => AppendFormatted(name, value);

    /// <summary>
    /// Appends a query parameter, as the shortest text that reads back to the same number, with a decimal point.
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    /// <exception cref="ArgumentException">
    /// The value is not a finite number, the name is blank or has half of a surrogate pair, or the URL becomes too long.
    /// </exception>
    public WebhookUrl Query(string name, double? value) => AppendFormatted(name, value);

    /// <inheritdoc cref="Query(string, double?)"/>
    public WebhookUrl Query(string name, float? value) => AppendFormatted(name, value);

    /// <inheritdoc cref="Query(string, double?)"/>
    [OverloadResolutionPriority(-1)]
    public WebhookUrl Query(string name, Half? value) => AppendFormatted(name, value);

    /// <summary>
    /// Appends a query parameter with all decimals that the number holds (<c>1.50m</c> is sent as <c>1.50</c>).
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, decimal? value) => AppendFormatted(name, value);

    /// <summary>
    /// Appends a query parameter, as 32 lower-case hex digits in five groups.
    /// </summary>
    /// <inheritdoc cref="Query(string, string?)"/>
    public WebhookUrl Query(string name, Guid? value)
    {
        CheckName(name);

        if (value is { } guid)
        {
            AppendParameter(name, InvariantText.Format(guid, stackalloc char[InvariantText.MaxLength]));
        }

        return this;
    }

    /// <summary>
    /// Appends a query parameter, formatted with the invariant culture. Dates and times have no other overload: receivers agree on no one text.
    /// </summary>
    /// <param name="name">The name; the same name may be appended again.</param>
    /// <param name="value">The value; null leaves the parameter out.</param>
    /// <param name="format">One of the formats of the value's type, for example <c>yyyy-MM-dd</c>.</param>
    /// <returns>
    /// This composer.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The name or the format is blank, the format is not one of the value's, a text has half of a surrogate pair, or the URL becomes too long.
    /// </exception>
    /// <exception cref="InvalidOperationException">The URL was built.</exception>
    public WebhookUrl Query(string name, IFormattable? value, string format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format);
        return Query(name, value is null ? null : InvariantText.Of(value, format, nameof(format)));
    }

    private WebhookUrl AppendFormatted<T>(string name, T? value)
        where T : struct, INumberBase<T>
    {
        CheckName(name);

        if (value is { } number)
        {
            AppendParameter(name, InvariantText.Format(number, stackalloc char[InvariantText.MaxLength], nameof(value)));
        }

        return this;
    }

    private void CheckName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        RefuseAfterBuild();
    }

    private void AppendParameter(string name, ReadOnlySpan<char> value)
    {
        RefuseOverlong(name.Length, nameof(name));
        RefuseOverlong(value.Length, nameof(value));
        UrlText.RefuseLoneSurrogate(name, nameof(name));
        UrlText.RefuseLoneSurrogate(value, nameof(value));

        int start = _text.Length;
        _text.Append(_queryStart < 0 ? '?' : '&');
        _text.AppendPair(name, value);
        KeepWithinLimit(start, nameof(value));
        _queryStart = _queryStart < 0 ? start : _queryStart;
    }
}
