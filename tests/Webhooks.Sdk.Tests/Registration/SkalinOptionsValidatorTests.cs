using System;
using System.Linq;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class SkalinOptionsValidatorTests
{
    private const string Id = "05cb3204b49ff92d";

    [Theory]
    [InlineData("0")]
    [InlineData("05cb3204b49ff92d")]
    [InlineData("a.b c?#%é😀")]
    public void Validate_IdsThatCanBeSent_AreTaken(string id)
    {
        Assert.True(Validate(new SkalinOptions { WebhookId = id, ClientId = id }).Succeeded);
    }

    [Theory]
    [InlineData(null, "but is missing or blank")]
    [InlineData("", "but is missing or blank")]
    [InlineData(" ", "but is missing or blank")]
    [InlineData(" 05cb3204b49ff92d", "white space at either end")]
    [InlineData("05cb3204b49ff92d\n", "white space at either end")]
    [InlineData("05cb\t3204b49ff92d", "U+0009 at position 4")]
    [InlineData("05cb\u00853204b49ff92d", "U+0085 at position 4")]
    public void Validate_IdThatCannotBeSent_IsRefused(string? id, string problem)
    {
        AssertRefused(new SkalinOptions { WebhookId = id!, ClientId = Id }, "SkalinOptions.WebhookId", problem);
        AssertRefused(new SkalinOptions { WebhookId = Id, ClientId = id! }, "SkalinOptions.ClientId", problem);
    }

    // An attribute cannot hold such text: it is stored as UTF-8.
    [Fact]
    public void Validate_IdWithHalfACharacter_IsRefused()
    {
        AssertRefused(new SkalinOptions { WebhookId = "05cb\uD8003204", ClientId = Id }, "SkalinOptions.WebhookId", "U+D800 at position 4");
        AssertRefused(new SkalinOptions { WebhookId = Id, ClientId = "05cb\uD8003204" }, "SkalinOptions.ClientId", "U+D800 at position 4");
    }

    [Theory]
    [InlineData("05cb/3204b49ff92d", "one at position 4")]
    [InlineData("05cb\\3204b49ff92d", "one at position 4")]
    [InlineData(".", "never arrive")]
    [InlineData("..", "never arrive")]
    public void Validate_WebhookIdThatIsNoPathSegment_IsRefused(string webhookId, string problem)
    {
        AssertRefused(new SkalinOptions { WebhookId = webhookId, ClientId = Id }, "SkalinOptions.WebhookId", problem);
        Assert.True(Validate(new SkalinOptions { WebhookId = Id, ClientId = webhookId }).Succeeded);
    }

    [Fact]
    public void Validate_IdsOf128Characters_AreTheLongest()
    {
        string longest = new('0', 128);
        string tooLong = new('0', 129);

        Assert.True(Validate(new SkalinOptions { WebhookId = longest, ClientId = longest }).Succeeded);
        AssertRefused(new SkalinOptions { WebhookId = tooLong, ClientId = Id }, "SkalinOptions.WebhookId", "1 to 128 characters, but has 129");
        AssertRefused(new SkalinOptions { WebhookId = Id, ClientId = tooLong }, "SkalinOptions.ClientId", "1 to 128 characters, but has 129");
    }

    [Theory]
    [InlineData("https://connector.skalin.io")]
    [InlineData("http://10.0.0.1:8080/skalin/")]
    public void Validate_BaseUrlThatCanBeCalled_IsTaken(string baseUrl)
    {
        Assert.True(Validate(new SkalinOptions { WebhookId = Id, ClientId = Id, BaseUrl = new Uri(baseUrl) }).Succeeded);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("connector.skalin.io", "is relative")]
    [InlineData("ftp://connector.skalin.io", "its scheme is ftp")]
    [InlineData("https://user:password@connector.skalin.io", "no user information")]
    [InlineData("https://connector.skalin.io?client_id=2bb91c92dr779103", "no query")]
    [InlineData("https://connector.skalin.io/#webhook", "no fragment")]
    [InlineData("https://connector.skalin.io/?", "no query")]
    [InlineData("https://connector.skalin.io:0", "port 0")]
    [InlineData("https://[fe80::1%25eth0]", "a zone")]
    public void Validate_BaseUrlThatCannotBeCalled_IsRefused(string? baseUrl, string problem)
    {
        var options = new SkalinOptions { WebhookId = Id, ClientId = Id, BaseUrl = baseUrl is null ? null! : new Uri(baseUrl, UriKind.RelativeOrAbsolute) };

        AssertRefused(options, "SkalinOptions.BaseUrl", problem);
    }

    [Fact]
    public void Validate_NamedAccount_IsNamedInEveryMessage()
    {
        ValidateOptionsResult result = new SkalinOptionsValidator().Validate("emea", new SkalinOptions { BaseUrl = null! });

        Assert.Equal(3, result.Failures!.Count(failure => failure.EndsWith(". (Skalin account 'emea')", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_ByDefault_CallSkalin()
    {
        Assert.Equal("https://connector.skalin.io/", new SkalinOptions().BaseUrl.AbsoluteUri);
    }

    [Fact]
    public void ToString_OfOptions_ShowsNoSecret()
    {
        Assert.Equal("Skalin account at https://connector.skalin.io", new SkalinOptions { WebhookId = Id, ClientId = Id }.ToString());
        Assert.Equal("Skalin account", new SkalinOptions { BaseUrl = new Uri("skalin", UriKind.Relative) }.ToString());
    }

    private static void AssertRefused(SkalinOptions options, string member, string problem)
    {
        string failure = Assert.Single(Validate(options).Failures!);

        Assert.StartsWith($"Property {member}: must ", failure);
        Assert.Contains(problem, failure);
        Assert.DoesNotContain("3204", failure);
        Assert.DoesNotContain("2bb9", failure);
        Assert.DoesNotContain("password", failure);
    }

    private static ValidateOptionsResult Validate(SkalinOptions options) => new SkalinOptionsValidator().Validate(Options.DefaultName, options);
}
