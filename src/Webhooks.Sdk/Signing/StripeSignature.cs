using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// <c>t=</c> and the timestamp, then <c>v1=</c> and the code of <c>timestamp.body</c> in lower hexadecimal for each key, parted by commas.
/// </summary>
internal sealed class StripeSignature : HeaderSignature
{
    private const string Timestamp = "t=";
    private const string Version = "v1=";
    private const int HexLength = 2 * HMACSHA256.HashSizeInBytes;
    private const int MostCharacters = 2 + Signature.MostTimestampCharacters + (Signature.MostSecrets * (1 + 3 + HexLength));

    public override string Header => "Stripe-Signature";

    public override int MostKeys => Signature.MostSecrets;

    public override string Sign(ReadOnlySpan<WebhookSecret> keys, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<char> value = stackalloc char[MostCharacters];
        Timestamp.CopyTo(value);
        timestamp.TryFormat(value[Timestamp.Length..], out int digits, default, CultureInfo.InvariantCulture);
        int written = Timestamp.Length + digits;

        Span<byte> prefix = stackalloc byte[MostPrefixBytes];
        prefix = prefix[..WritePrefix(value[..written], prefix)];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];

        foreach (WebhookSecret key in keys)
        {
            key.ComputeMac(prefix, body, mac);
            value[written++] = ',';
            Version.CopyTo(value[written..]);
            written += Version.Length;
            WriteHex(mac, value.Slice(written, HexLength));
            written += HexLength;
        }

        return new string(value[..written]);
    }

    public override bool TryReadTimestamp(ReadOnlySpan<char> value, out long? timestamp)
    {
        ReadOnlySpan<char> text = FindTimestamp(value);
        bool isTimestamp = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && text.Length <= Signature.MostTimestampCharacters;
        timestamp = isTimestamp ? seconds : null;
        return isTimestamp;
    }

    // The digits as they were received: they are what was signed.
    protected override int WritePrefix(ReadOnlySpan<char> value, Span<byte> prefix)
    {
        int length = Encoding.ASCII.GetBytes(FindTimestamp(value), prefix);
        prefix[length] = (byte)'.';
        return length + 1;
    }

    protected override bool HasSignature(ReadOnlySpan<char> value, ReadOnlySpan<byte> mac)
    {
        Span<char> expected = stackalloc char[HexLength];
        WriteHex(mac, expected);
        bool found = false;

        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> item = value[range].Trim(' ');

            if (item.StartsWith(Version, StringComparison.Ordinal))
            {
                found |= AreEqual(item[Version.Length..], expected);
            }
        }

        expected.Clear();
        return found;
    }

    /// <summary>Finds the timestamp, or nothing when there is none, or more than one: which of them was signed would be anybody's guess.</summary>
    private static ReadOnlySpan<char> FindTimestamp(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> timestamp = default;
        bool isFound = false;

        foreach (Range range in value.Split(','))
        {
            ReadOnlySpan<char> item = value[range].Trim(' ');

            if (!item.StartsWith(Timestamp, StringComparison.Ordinal))
            {
                continue;
            }

            if (isFound)
            {
                return default;
            }

            isFound = true;
            timestamp = item[Timestamp.Length..];
        }

        return timestamp;
    }
}
