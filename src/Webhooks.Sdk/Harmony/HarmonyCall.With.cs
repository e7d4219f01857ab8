using System;
using System.Runtime.CompilerServices;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Harmony;

public sealed partial class HarmonyCall
{
    /// <summary>
    /// Appends a parameter. Parameters are sent in the order they were appended, and the same name may come again.
    /// </summary>
    /// <param name="name">The name that the service knows it by.</param>
    /// <param name="value">The value, in plain text: it is escaped when it is sent. An empty one is sent as <c>name=</c>; null leaves the parameter out.</param>
    /// <returns>The new call.</returns>
    /// <exception cref="ArgumentException">The name is blank, or the name or the value has half of a surrogate pair.</exception>
    // The priority makes With("name", null) mean this one.
    [OverloadResolutionPriority(1)]
    public HarmonyCall With(string name, string? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        UrlText.RefuseLoneSurrogate(name, nameof(name));

        if (value is null)
        {
            return this;
        }

        UrlText.RefuseLoneSurrogate(value, nameof(value));
        return new HarmonyCall(this) { Parameters = Parameters.Add(new(name, value)) };
    }

    /// <summary>Appends a parameter as <c>true</c> or <c>false</c>.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, bool? value) => With(name, value switch { true => "true", false => "false", null => null });

    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, char? value) => With(name, value?.ToString());

    /// <summary>Appends a parameter as decimal digits. Integers of all smaller types come here.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, long? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <summary>Appends a parameter as decimal digits.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, ulong? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <inheritdoc cref="With(string, ulong?)"/>
    // The lower priority keeps integer literals from fitting here as well as to long.
    [OverloadResolutionPriority(-1)]
    public HarmonyCall With(string name, Int128? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <inheritdoc cref="With(string, ulong?)"/>
    [OverloadResolutionPriority(-1)]
    public HarmonyCall With(string name, UInt128? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <summary>Appends a parameter as the shortest text that reads back to the same number, with a decimal point.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    /// <exception cref="ArgumentException">The value is not a finite number, or the name is blank or has half of a surrogate pair.</exception>
    public HarmonyCall With(string name, double? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <inheritdoc cref="With(string, double?)"/>
    public HarmonyCall With(string name, float? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <inheritdoc cref="With(string, double?)"/>
    [OverloadResolutionPriority(-1)]
    public HarmonyCall With(string name, Half? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <summary>Appends a parameter with all decimals that the number holds (<c>1.50m</c> is sent as <c>1.50</c>).</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, decimal? value) => With(name, InvariantText.Of(value, nameof(value)));

    /// <summary>Appends a parameter as 32 lower-case hex digits in five groups.</summary>
    /// <inheritdoc cref="With(string, string?)"/>
    public HarmonyCall With(string name, Guid? value) => With(name, value?.ToString());

    /// <summary>
    /// Appends a parameter in a format of its own, in the invariant culture. Dates and times have no other overload: services agree on no one text.
    /// </summary>
    /// <param name="name">The name that the service knows it by.</param>
    /// <param name="value">The value; null leaves the parameter out.</param>
    /// <param name="format">One of the formats of the value's type, for example <c>yyyyMMdd</c>.</param>
    /// <returns>The new call.</returns>
    /// <exception cref="ArgumentException">
    /// The name or the format is blank, the format is not one of the value's, or a text has half of a surrogate pair.
    /// </exception>
    public HarmonyCall With(string name, IFormattable? value, string format) => With(name, InvariantText.Of(value, format, nameof(format)));
}
