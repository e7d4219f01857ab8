using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class WebhookSecretTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    public void Parse_KeyOfALengthThatIsAllowed_IsRevealedAsItWas(int bytes)
    {
        string text = Text(bytes);

        Assert.Equal(text, WebhookSecret.Parse(text).Reveal());
        Assert.True(WebhookSecret.TryParse(text, out WebhookSecret? secret));
        Assert.Equal(WebhookSecret.Parse(text), secret);
    }

    [Theory]
    [InlineData("", "begins with whsec_")]
    [InlineData("whsec_", "has 0")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsec_")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsec_")]
    [InlineData(" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsec_")]
    [InlineData("whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsec_")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", "not")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw ", "not")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjU\nPD8ILPZIo2LaLaSw", "not")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-", "not")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSé", "not")]
    public void Parse_TextThatIsNone_IsRefusedWithoutBeingShown(string text, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(text), () => WebhookSecret.Parse(text));

        Assert.Contains(reason, refused.Message);
        Assert.DoesNotContain("MfKQ", refused.Message);
        Assert.False(WebhookSecret.TryParse(text, out _));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(23)]
    [InlineData(65)]
    [InlineData(1_000)]
    public void Parse_KeyTooShortOrTooLong_IsRefusedWithTheLimits(int bytes)
    {
        var refused = Assert.Throws<ArgumentException>("text", () => WebhookSecret.Parse(Text(bytes)));

        Assert.Contains("24 to 64 bytes", refused.Message);
    }

    [Fact]
    public void Parse_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("text", () => WebhookSecret.Parse(null!));
        Assert.False(WebhookSecret.TryParse(null, out _));
    }

    [Fact]
    public void Generate_Twice_GivesTwoSecretsOf32Bytes()
    {
        WebhookSecret one = WebhookSecret.Generate();
        WebhookSecret other = WebhookSecret.Generate();

        Assert.NotEqual(one, other);
        Assert.Equal(32, Convert.FromBase64String(one.Reveal()["whsec_".Length..]).Length);
        Assert.Equal(one, WebhookSecret.Parse(one.Reveal()));
    }

    [Fact]
    public void Equals_ByKey()
    {
        WebhookSecret same = WebhookSecret.Parse(TestSecrets.TextA);
        WebhookSecret? none = null;

        Assert.True(TestSecrets.A == same);
        Assert.False(TestSecrets.A != same);
        Assert.True(TestSecrets.A.Equals((object)same));
        Assert.Equal(TestSecrets.A.GetHashCode(), same.GetHashCode());
        Assert.True(TestSecrets.A != TestSecrets.B);
        Assert.False(TestSecrets.A == none);
        Assert.False(none == TestSecrets.A);
        Assert.True(none == null);
        Assert.False(TestSecrets.A.Equals("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    }

    [Fact]
    public void Secret_WhereverItShows_ShowsNothing()
    {
        Assert.Equal("whsec_***", TestSecrets.A.ToString());
        Assert.Equal("{}", JsonSerializer.Serialize(TestSecrets.A));
        Assert.Equal("{ToString(),nq}", typeof(WebhookSecret).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        Assert.All(
            typeof(WebhookSecret).GetFields(BindingFlags.Instance | BindingFlags.NonPublic),
            field => Assert.Equal(DebuggerBrowsableState.Never, field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State));
    }

    private static string Text(int bytes) => "whsec_" + Convert.ToBase64String([.. Enumerable.Range(200, bytes).Select(value => (byte)value)]);
}
