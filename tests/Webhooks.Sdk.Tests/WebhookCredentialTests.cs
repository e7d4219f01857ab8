using System;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests.Http;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookCredentialTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("s3cret\r\n")]
    [InlineData("é")]
    public void Bearer_TokenThatCannotBeSent_IsRefusedWithoutBeingShown(string token)
    {
        Assert.DoesNotContain("s3cret", Assert.Throws<ArgumentException>(nameof(token), () => WebhookCredential.Bearer(token)).Message);
    }

    [Theory]
    [InlineData("a:b", "c", "userName")]
    [InlineData("", "", "userName")]
    [InlineData("a\n", "c", "userName")]
    [InlineData("a", "s3cret\0", "password")]
    public void Basic_TextsThatCannotBeSent_AreRefusedWithoutBeingShown(string userName, string password, string parameter)
    {
        var refused = Assert.Throws<ArgumentException>(parameter, () => WebhookCredential.Basic(userName, password));

        Assert.DoesNotContain("s3cret", refused.Message);
    }

    // RFC 7617, section 2 and 2.1.
    [Theory]
    [InlineData("Aladdin", "open sesame", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")]
    [InlineData("test", "123£", "Basic dGVzdDoxMjPCow==")]
    [InlineData("key", "", "Basic a2V5Og==")]
    [InlineData("", "key", "Basic OmtleQ==")]
    [InlineData("a", "b:c", "Basic YTpiOmM=")]
    public void Basic_NameAndPassword_AreEncoded(string userName, string password, string expected)
    {
        WebhookCredential credential = WebhookCredential.Basic(userName, password);

        Assert.Equal(("Authorization", expected), (credential.HeaderName, credential.HeaderValue));
    }

    [Theory]
    [InlineData("X A", "v", "name")]
    [InlineData("webhook-signature", "v", "name")]
    [InlineData("Content-Language", "v", "name")]
    [InlineData("X-A", "", "value")]
    [InlineData("X-A", "s3cret\n", "value")]
    public void Header_ThatCannotBeSent_IsRefusedWithoutShowingTheValue(string name, string value, string parameter)
    {
        Assert.DoesNotContain("s3cret", Assert.Throws<ArgumentException>(parameter, () => WebhookCredential.Header(name, value)).Message);
    }

    [Theory]
    [InlineData("", "v", "name")]
    [InlineData(" ", "v", "name")]
    [InlineData("a", "", "value")]
    public void Query_ThatCannotBeSent_IsRefusedWithoutShowingTheValue(string name, string value, string parameter)
    {
        Assert.DoesNotContain("s3cret", Assert.Throws<ArgumentException>(parameter, () => WebhookCredential.Query(name, value)).Message);
    }

    // A lone surrogate does not survive in the metadata of an attribute.
    [Fact]
    public void HalfOfASurrogatePair_IsRefusedWithoutBeingShown()
    {
        ArgumentException[] refused =
        [
            Assert.Throws<ArgumentException>("userName", () => WebhookCredential.Basic("s3cret\uD800", "c")),
            Assert.Throws<ArgumentException>("password", () => WebhookCredential.Basic("a", "s3cret\uDC00")),
            Assert.Throws<ArgumentException>("name", () => WebhookCredential.Query("s3cret\uD800", "c")),
            Assert.Throws<ArgumentException>("value", () => WebhookCredential.Query("a", "s3cret\uD800")),
        ];

        Assert.All(refused, exception => Assert.DoesNotContain("s3cret", exception.Message));
    }

    [Fact]
    public void Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("token", () => WebhookCredential.Bearer((string)null!));
        Assert.Throws<ArgumentNullException>("provider", () => WebhookCredential.Bearer((WebhookTokenProvider)null!));
        Assert.Throws<ArgumentNullException>("userName", () => WebhookCredential.Basic(null!, "a"));
        Assert.Throws<ArgumentNullException>("password", () => WebhookCredential.Basic("a", null!));
        Assert.Throws<ArgumentNullException>("certificate", () => WebhookCredential.ClientCertificate(null!));
    }

    [Fact]
    public void ToString_EveryKind_ShowsTheKindOnly()
    {
        using var certificate = TestCertificates.Create("acme");

        Assert.Equal("bearer token: ***", WebhookCredential.Bearer("s3cret").ToString());
        Assert.Equal("bearer tokens of a provider: ***", WebhookCredential.Bearer((_, _) => ValueTask.FromResult("s3cret")).ToString());
        Assert.Equal("user name and password: ***", WebhookCredential.Basic("user", "s3cret").ToString());
        Assert.Equal("header X-Api-Key: ***", WebhookCredential.Header("X-Api-Key", "s3cret").ToString());
        Assert.Equal("query parameter code: ***", WebhookCredential.Query("code", "s3cret").ToString());
        Assert.Equal("client certificate: ***", WebhookCredential.ClientCertificate(certificate).ToString());
    }

    [Fact]
    public void ClientCertificate_WithoutItsKeyOrOverHttp_IsRefused()
    {
        using var certificate = TestCertificates.Create("acme");
        using var withoutKey = TestCertificates.WithoutKey(certificate);
        WebhookCredential credential = WebhookCredential.ClientCertificate(certificate);

        Assert.Throws<ArgumentException>("certificate", () => WebhookCredential.ClientCertificate(withoutKey));
        Assert.Throws<ArgumentException>("value", () => new WebhookEndpoint("http://acme.example") { Credential = credential });
        Assert.Same(credential, new WebhookEndpoint("https://acme.example") { Credential = credential }.Credential);
    }
}
