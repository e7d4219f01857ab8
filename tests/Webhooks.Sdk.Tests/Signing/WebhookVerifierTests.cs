using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class WebhookVerifierTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Now = "1614265330";
    private const string Good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Other = "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44=";
    private const string Ed25519 = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly FixedTime Time = new(DateTimeOffset.FromUnixTimeSeconds(1614265330));
    private static readonly WebhookVerifier Verifier = new(TestSecrets.A) { TimeProvider = Time };

    public static TheoryData<string, string, WebhookVerification> SignatureHeaders { get; } = new()
    {
        // What receivers accept.
        { "one", Good, WebhookVerification.Valid },
        { "the newer secret first", $"{Other} {Good}", WebhookVerification.Valid },
        { "the newer secret last", $"{Good} {Other}", WebhookVerification.Valid },
        { "repeated", $"{Good} {Good}", WebhookVerification.Valid },
        { "spaces around", $"  {Good}  ", WebhookVerification.Valid },
        { "spaces between", $"{Other}    {Good}", WebhookVerification.Valid },
        { "an unknown version before", $"v9,abc {Good}", WebhookVerification.Valid },
        { "an unknown version after", $"{Good} v9,abc", WebhookVerification.Valid },
        { "ed25519 beside it", $"{Ed25519} {Good}", WebhookVerification.Valid },
        { "rubbish beside it", $"??? , v1, v1 =,= {Good}", WebhookVerification.Valid },
        { "a truncated one beside it", $"{Good[..^1]} {Good[..20]} {Good}", WebhookVerification.Valid },
        { "a long item beside it", $"v1,{new string('A', 100_000)} {Good}", WebhookVerification.Valid },
        { "not ASCII beside it", $"v1,ééééééééééééééééééééééééééééééééééééééééééé= {Good}", WebhookVerification.Valid },

        // What they refuse.
        { "another secret's", Other, WebhookVerification.NoMatch },
        { "ed25519 only", Ed25519, WebhookVerification.NoMatch },
        { "an unknown version", Good.Replace("v1,", "v2,", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "the version in upper case", Good.Replace("v1,", "V1,", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "ours as v1a", Good.Replace("v1,", "v1a,", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "the version with a space", Good.Replace("v1,", "v1, ", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "the version with an equals sign", Good.Replace("v1,", "v1=", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "no version", Good[3..], WebhookVerification.NoMatch },
        { "no comma", Good.Replace(",", "", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "the version only", "v1", WebhookVerification.NoMatch },
        { "an empty signature", "v1,", WebhookVerification.NoMatch },
        { "a truncated signature", Good[..^1], WebhookVerification.NoMatch },
        { "a truncated group", Good[..^4], WebhookVerification.NoMatch },
        { "one character", Good[..4], WebhookVerification.NoMatch },
        { "no padding", Good.TrimEnd('='), WebhookVerification.NoMatch },
        { "more padding", $"{Good}=", WebhookVerification.NoMatch },
        { "other unused bits", Good.Replace("OE=", "OF=", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "Base64 for URLs", Good.Replace('+', '-').Replace('/', '_'), WebhookVerification.NoMatch },
        { "hexadecimal", "v1,83484cf52b04f8e4cf2531adfed9882ad4b2665137b852442d594d20e2c9d4e1", WebhookVerification.NoMatch },
        { "the first character changed", Good.Replace("v1,g", "v1,h", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "another case", Good.Replace("OE=", "oe=", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "parted by commas", $"{Other},{Good}", WebhookVerification.NoMatch },
        { "parted by tabs", $"{Other}\t{Good}", WebhookVerification.NoMatch },
        { "a line end in it", Good.Insert(10, "\n"), WebhookVerification.NoMatch },
        { "zeros", $"v1,{Convert.ToBase64String(new byte[32])}", WebhookVerification.NoMatch },
        { "all spaces", "    ", WebhookVerification.NoMatch },
        { "empty", "", WebhookVerification.MissingHeader },
    };

    public static TheoryData<string, string?, WebhookVerification> Timestamps { get; } = new()
    {
        { "missing", null, WebhookVerification.MissingHeader },
        { "empty", "", WebhookVerification.MissingHeader },
        { "a word", "now", WebhookVerification.MalformedHeader },
        { "negative", "-1614265330", WebhookVerification.MalformedHeader },
        { "a sign", "+1614265330", WebhookVerification.MalformedHeader },
        { "a fraction", "1614265330.5", WebhookVerification.MalformedHeader },
        { "an exponent", "1.6e9", WebhookVerification.MalformedHeader },
        { "hexadecimal", "0x60379FF2", WebhookVerification.MalformedHeader },
        { "groups", "1,614,265,330", WebhookVerification.MalformedHeader },
        { "two timestamps", "1614265330, 1614265330", WebhookVerification.MalformedHeader },
        { "a space before", " 1614265330", WebhookVerification.MalformedHeader },
        { "a space after", "1614265330 ", WebhookVerification.MalformedHeader },
        { "a date", "2021-02-25T15:02:10Z", WebhookVerification.MalformedHeader },
        { "other digits", "١٦١٤٢٦٥٣٣٠", WebhookVerification.MalformedHeader },
        { "too many digits", "99999999999999999999", WebhookVerification.MalformedHeader },
        { "endless digits", new string('1', 1_000_000), WebhookVerification.MalformedHeader },
        { "301 seconds ago", "1614265029", WebhookVerification.TimestampTooOld },
        { "the beginning of time", "0", WebhookVerification.TimestampTooOld },
        { "in 301 seconds", "1614265631", WebhookVerification.TimestampTooNew },
        { "milliseconds", "1614265330000", WebhookVerification.TimestampTooNew },
        { "the end of time", "9223372036854775807", WebhookVerification.TimestampTooNew },
        { "another one in time", "1614265331", WebhookVerification.NoMatch },
        { "300 seconds ago, not signed", "1614265030", WebhookVerification.NoMatch },
        { "in 300 seconds, not signed", "1614265630", WebhookVerification.NoMatch },
        { "a leading zero that was not signed", "01614265330", WebhookVerification.NoMatch },
    };

    public static TheoryData<string, string?, WebhookVerification> Ids { get; } = new()
    {
        { "missing", null, WebhookVerification.MissingHeader },
        { "empty", "", WebhookVerification.MissingHeader },
        { "a full stop", "msg.1", WebhookVerification.MalformedHeader },
        { "a space", "msg 1", WebhookVerification.MalformedHeader },
        { "a line end", "msg\r\n1", WebhookVerification.MalformedHeader },
        { "not ASCII", "msg_é", WebhookVerification.MalformedHeader },
        { "257 characters", new string('a', 257), WebhookVerification.MalformedHeader },
        { "a million characters", new string('a', 1_000_000), WebhookVerification.MalformedHeader },
        { "256 characters", new string('a', 256), WebhookVerification.NoMatch },
        { "another id", "msg_2", WebhookVerification.NoMatch },
        { "another case", "MSG_p5jXN8AQM9LWM0D4loKWxJek", WebhookVerification.NoMatch },
    };

    [Theory]
    [MemberData(nameof(SignatureHeaders))]
    public void Verify_SignatureHeader_IsJudged(string name, string signature, WebhookVerification expected)
    {
        Assert.True(Verifier.Verify(Id, Now, signature, Body) == expected, name);
    }

    [Theory]
    [MemberData(nameof(Timestamps))]
    public void Verify_Timestamp_IsJudged(string name, string? timestamp, WebhookVerification expected)
    {
        Assert.True(Verifier.Verify(Id, timestamp, Good, Body) == expected, name);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Verify_Id_IsJudged(string name, string? id, WebhookVerification expected)
    {
        Assert.True(Verifier.Verify(id, Now, Good, Body) == expected, name);
    }

    [Fact]
    public void Verify_TenThousandEntries_FindsTheOneThatFitsWithoutAllocating()
    {
        string signatures = string.Join(' ', Enumerable.Repeat(Other, 9_999).Append(Good));
        string none = string.Join(' ', Enumerable.Repeat(Other, 10_000));
        var verifier = new WebhookVerifier(TestSecrets.B, TestSecrets.A) { TimeProvider = Time };
        verifier.Verify(Id, Now, signatures, Body);

        long before = GC.GetAllocatedBytesForCurrentThread();
        WebhookVerification valid = verifier.Verify(Id, Now, signatures, Body);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(WebhookVerification.Valid, valid);
        Assert.Equal(0, allocated);
        Assert.Equal(WebhookVerification.NoMatch, Verifier.Verify(Id, Now, none, Body));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(19)]
    public void Verify_BodyThatChangedByOneBit_DoesNotMatch(int position)
    {
        byte[] body = position < 0 ? [.. Body, (byte)' '] : [.. Body];
        body[Math.Max(position, 0)] ^= position < 0 ? (byte)0 : (byte)1;

        Assert.Equal(WebhookVerification.NoMatch, Verifier.Verify(Id, Now, Good, body));
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Verify_AHeaderIsMissing_SaysSo(bool id, bool timestamp, bool signature)
    {
        Dictionary<string, string> headers = [];
        Add("webhook-id", Id, id);
        Add("webhook-timestamp", Now, timestamp);
        Add("webhook-signature", Good, signature);

        Assert.Equal(WebhookVerification.MissingHeader, Verifier.Verify(headers.GetValueOrDefault, Body));

        void Add(string name, string value, bool isThere)
        {
            if (isThere)
            {
                headers.Add(name, value);
            }
        }
    }

    [Fact]
    public void Verify_ByLookUp_AsksForTheThreeHeaders()
    {
        Dictionary<string, string> headers = new() { ["webhook-id"] = Id, ["webhook-timestamp"] = Now, ["webhook-signature"] = Good };

        Assert.Equal(WebhookVerification.Valid, Verifier.Verify(headers.GetValueOrDefault, Body));
        Assert.Throws<ArgumentNullException>("header", () => Verifier.Verify(null!, Body));
    }

    [Theory]
    [InlineData(0, 0, WebhookVerification.Valid)]
    [InlineData(0, 1, WebhookVerification.TimestampTooOld)]
    [InlineData(0, -1, WebhookVerification.TimestampTooNew)]
    [InlineData(10, 10, WebhookVerification.Valid)]
    [InlineData(10, -10, WebhookVerification.Valid)]
    [InlineData(10, 11, WebhookVerification.TimestampTooOld)]
    [InlineData(10, -11, WebhookVerification.TimestampTooNew)]
    [InlineData(300, 300, WebhookVerification.Valid)]
    public void Verify_Tolerance_IsInclusiveInBothDirections(int tolerance, int age, WebhookVerification expected)
    {
        var verifier = new WebhookVerifier(TestSecrets.A)
        {
            Tolerance = TimeSpan.FromSeconds(tolerance),
            TimeProvider = new FixedTime(Time.GetUtcNow().AddSeconds(age)),
        };

        Assert.Equal(expected, verifier.Verify(Id, Now, Good, Body));
    }

    [Fact]
    public void Default_IsNoMatch()
    {
        Assert.Equal(WebhookVerification.NoMatch, default);
        Assert.Equal(TimeSpan.FromMinutes(5), new WebhookVerifier(TestSecrets.A).Tolerance);
    }

    [Fact]
    public void Create_WithoutASecretOrWithABadTolerance_IsRefused()
    {
        Assert.Throws<ArgumentException>("keys", () => new WebhookVerifier());
        Assert.Throws<ArgumentNullException>("keys", () => new WebhookVerifier(TestSecrets.A, null!));
        Assert.Throws<ArgumentNullException>("keys", () => new WebhookVerifier((IEnumerable<WebhookSecret>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new WebhookVerifier(TestSecrets.A) { Tolerance = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new WebhookVerifier(TestSecrets.A) { Tolerance = TimeSpan.FromHours(25) });
    }
}
