using System;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// A path segment that is a secret: who knows it can call the receiver. No message shows it.
/// </summary>
internal static class SecretCode
{
    // Codes that receivers make have 35 to 40 characters; of a short one the end would give too much away.
    private const int LeastLengthToShowItsEnd = 16;
    private const int Shown = 4;

    /// <exception cref="ArgumentException">The code would not arrive as it is.</exception>
    public static void Refuse(string code, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(code, paramName);

        if (char.IsWhiteSpace(code[0]) || char.IsWhiteSpace(code[^1]))
        {
            throw new ArgumentException("The code begins or ends with white space, which is likely to come from copying it; trim it.", paramName);
        }

        PathSegment.Refuse(code, paramName);
    }

    /// <summary>
    /// Gives the last four characters of a code that is long enough, as they are sent: they tell codes apart and nothing that must stay secret.
    /// </summary>
    public static string Mask(string? code) =>
        code is { Length: >= LeastLengthToShowItsEnd } ? $"***{Uri.EscapeDataString(code.AsSpan(code.Length - Shown))}" : "***";
}
