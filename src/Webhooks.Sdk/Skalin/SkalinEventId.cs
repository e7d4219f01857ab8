using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// The form of Skalin's event ids: exactly 16 characters (Skalin: "Comment appeler un Webhook"), which are visible ASCII here.
/// </summary>
internal static class SkalinEventId
{
    public const int Length = 16;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string RequestIdPrefix = "skalin_";

    private static readonly SearchValues<char> AllowedInRequestIds =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Makes an id of 82.7 random bits.</summary>
    public static string New() => RandomNumberGenerator.GetString(Digits, Length);

    /// <summary>Derives an id from another, the same in every process; two source ids share one by a chance of 1 in 2^82.</summary>
    public static string From(string sourceId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(sourceId), hash);

        return string.Create(Length, BinaryPrimitives.ReadUInt128BigEndian(hash), static (id, number) =>
        {
            for (int i = id.Length - 1; i >= 0; i--)
            {
                (number, UInt128 digit) = UInt128.DivRem(number, (UInt128)Digits.Length);
                id[i] = Digits[(int)digit];
            }
        });
    }

    /// <exception cref="ArgumentException">The id has another length, or characters outside U+0021 to U+007E.</exception>
    public static void Validate(string id, string paramName)
    {
        ArgumentNullException.ThrowIfNull(id, paramName);

        if (id.Length != Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A Skalin event id has exactly {Length} characters, but this one has {id.Length}."), paramName);
        }

        int bad = id.AsSpan().IndexOfAnyExceptInRange('!', '~');

        if (bad >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A Skalin event id holds only U+0021 to U+007E, but has U+{(int)id[bad]:X4} at position {bad}."),
                paramName);
        }
    }

    /// <summary>
    /// The id of the requests that carry an event: the event's own after a prefix, in hexadecimal when it has characters that request ids have not.
    /// The two forms differ in length, so two events never share one.
    /// </summary>
    public static string ToRequestId(string id) =>
        id.AsSpan().ContainsAnyExcept(AllowedInRequestIds)
            ? RequestIdPrefix + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(id))
            : RequestIdPrefix + id;
}
