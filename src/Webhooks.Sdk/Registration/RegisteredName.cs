using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Decides which names endpoints are registered by: one rule for all, because stores, logs, metrics and traces keep them.
/// </summary>
internal static class RegisteredName
{
    private const int MostCharacters = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Refuses what is no name.</summary>
    /// <param name="name">The name, without the provider's prefix.</param>
    /// <param name="what">What is named: <c>an endpoint</c>.</param>
    /// <param name="otherwise">What else may be done about it, or empty.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not 1 to 64 of the characters A-Z a-z 0-9 _ - and full stop.</exception>
    public static void Validate(string name, string what, string otherwise = "")
    {
        ArgumentNullException.ThrowIfNull(name);

        if (name.Length is 0 or > MostCharacters || name.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The name of {what} has 1 to {MostCharacters} of the characters A-Z, a-z, 0-9, _, - and full stop, but was '{name}' ({name.Length} characters); choose one that does.{otherwise}"),
                nameof(name));
        }
    }
}
