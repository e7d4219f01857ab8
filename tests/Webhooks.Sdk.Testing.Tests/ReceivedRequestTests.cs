using System;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class ReceivedRequestTests
{
    [Fact]
    public async Task Assert_AllAsExpected_ReturnsTheRequest()
    {
        await using WebhookReceiver receiver = await ReceiveAsync("""{"a":1.0,"b":["x",null],"c":{"d":"\u00e9"}}""");

        ReceivedRequest request = receiver.AssertSingleRequest();
        ReceivedRequest same = request
            .AssertMethod("POST")
            .AssertTarget("/hooks?x=1")
            .AssertHeader("x-a", "1")
            .AssertNoHeader("X-B")
            .AssertJson(""" { "c": { "d": "é" }, "b": [ "x", null ], "a": 1 } """)
            .AssertText("""{"a":1.0,"b":["x",null],"c":{"d":"\u00e9"}}""");

        Assert.Same(request, same);
        Assert.Equal("POST /hooks?x=1 (43 bytes)", request.ToString());
    }

    [Fact]
    public async Task AssertJson_OtherValue_ListsTheDifferencesByPath()
    {
        await using WebhookReceiver receiver = await ReceiveAsync("""{"a":1,"b":[1,2,{"c":true}],"e":"x","f":[1]}""");

        var exception = Assert.Throws<WebhookAssertionException>(() => receiver.AssertSingleRequest()
            .AssertJson("""{"a":"1","b":[1,3,{"c":false}],"d":null,"e":"x","f":[1,2]}"""));

        Assert.Equal(
            """
            The body's JSON differs.
            $.a: expected "1", but was 1
            $.b[1]: expected 3, but was 2
            $.b[2].c: expected false, but was true
            $.d: expected null, but is missing
            $.f: expected 2 items, but has 1
            The whole body:
            {"a":1,"b":[1,2,{"c":true}],"e":"x","f":[1]}
            """.ReplaceLineEndings("\n"),
            exception.Message);
    }

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", "$.b: not expected, but was 2")]
    [InlineData("[1]", "{}", "$: expected {}, but was [1]")]
    [InlineData("1e2", "101", "$: expected 101, but was 1e2")]
    [InlineData("{", "{}", "$: is not JSON: ")]
    [InlineData("", "{}", "$: is not JSON: ")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2,"a":2}""", "$: some object has two members of the same name.")]
    public async Task AssertJson_AnyDifference_IsShown(string body, string expected, string difference)
    {
        await using WebhookReceiver receiver = await ReceiveAsync(body);

        var exception = Assert.Throws<WebhookAssertionException>(() => receiver.AssertSingleRequest().AssertJson(expected));

        Assert.StartsWith($"The body's JSON differs.\n{difference}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssertJson_ManyDifferences_ShowsTheFirst()
    {
        await using WebhookReceiver receiver = await ReceiveAsync($"[{string.Join(',', new int[30])}]");

        var exception = Assert.Throws<WebhookAssertionException>(
            () => receiver.AssertSingleRequest().AssertJson($"[{string.Join(',', Enumerable.Repeat(1, 30))}]"));

        Assert.Contains("$[19]: expected 1, but was 0\n…\nThe whole body", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssertJson_WhatIsExpectedIsNotJson_IsTheTestsMistake()
    {
        await using WebhookReceiver receiver = await ReceiveAsync("{}");

        Assert.Throws<ArgumentException>("expected", () => receiver.AssertSingleRequest().AssertJson("{"));
    }

    [Fact]
    public async Task AssertText_OtherText_ShowsWhereItBegins()
    {
        await using WebhookReceiver receiver = await ReceiveAsync("The first line of the text\nand the Second");

        var exception = Assert.Throws<WebhookAssertionException>(
            () => receiver.AssertSingleRequest().AssertText("The first line of the text\nand the second"));

        Assert.Equal(
            """
            The body differs.
            At character 36:
                                    ↓
            - …of the text\nand the second
            + …of the text\nand the Second
            (-: expected, +: actual)
            """.ReplaceLineEndings("\n"),
            exception.Message);
    }

    [Fact]
    public async Task Assert_OtherRequestLineOrHeader_SaysWhichAndShowsBoth()
    {
        await using WebhookReceiver receiver = await ReceiveAsync("");
        ReceivedRequest request = receiver.AssertSingleRequest();

        AssertFails("The method differs.\nAt character 2:\n   ↓\n- PUT\n+ POST\n", () => request.AssertMethod("PUT"));
        AssertFails("The target differs.\nAt character 11:\n            ↓\n- /hooks?x=1&\n+ /hooks?x=1\n", () => request.AssertTarget("/hooks?x=1&"));
        AssertFails("The header X-A differs.\nAt character 1:\n  ↓\n- 2\n+ 1\n", () => request.AssertHeader("X-A", "2"));
        AssertFails("There is no header X-B, only X-A, X-C, x-c, Content-Length, Connection.", () => request.AssertHeader("X-B", ""));
        AssertFails("The header X-C came 2 times, not once: 1 | 2", () => request.AssertHeader("X-C", "1"));
        AssertFails("There is a header x-c, which was not expected: 1 | 2", () => request.AssertNoHeader("x-c"));
    }

    [Fact]
    public async Task AssertSingleRequest_NoneOrSeveral_ListsThem()
    {
        await using var receiver = WebhookReceiver.Start();

        receiver.AssertNoRequests();
        AssertFails("Expected one request, but none came.", () => receiver.AssertSingleRequest());
        await RawClient.ExchangeAsync(receiver, RawClient.Get + "GET /2 HTTP/1.1\r\nConnection: close\r\n\r\n");
        AssertFails("Expected one request, but 2 came:\n  GET / (0 bytes)\n  GET /2 (0 bytes)", () => receiver.AssertSingleRequest());
        AssertFails("Expected no request, but 2 came:\n  GET / (0 bytes)\n  GET /2 (0 bytes)", receiver.AssertNoRequests);
    }

    [Fact]
    public async Task AssertSigned_OlderScheme_VerifiesByTheMomentOfReceipt()
    {
        await using var receiver = WebhookReceiver.Start();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var context = new WebhookSigningContext("evt_1", now, "{}"u8.ToArray());
        await WebhookSigner.Stripe("key").WithHeader("X-Acme").SignAsync(context);
        await RawClient.ExchangeAsync(
            receiver, $"POST / HTTP/1.1\r\nX-Acme: {context.Headers[0].Value}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
        ReceivedRequest request = receiver.AssertSingleRequest();

        // The verifier's own clock is years away.
        Assert.Same(request, request.AssertSigned(Verifier("key")));
        Assert.Equal(WebhookVerification.Valid, request.Verify(Verifier("key")));
        AssertFails("The signature of POST / is not valid: NoMatch.", () => request.AssertSigned(Verifier("another")));
        AssertFails("The signature of POST / is not valid: MissingHeader.", () => request.AssertSigned(WebhookSecret.Generate()));
        Assert.Throws<ArgumentNullException>("verifier", () => request.Verify((WebhookVerifier)null!));

        static WebhookVerifier Verifier(string key) =>
            new(WebhookSignatureScheme.Stripe, key) { Header = "X-Acme", TimeProvider = new ManualTimeProvider() };
    }

    private static void AssertFails(string message, Action assertion) =>
        Assert.StartsWith(message, Assert.Throws<WebhookAssertionException>(assertion).Message, StringComparison.Ordinal);

    private static async Task<WebhookReceiver> ReceiveAsync(string body)
    {
        var receiver = WebhookReceiver.Start();
        await RawClient.ExchangeAsync(
            receiver, $"POST /hooks?x=1 HTTP/1.1\r\nX-A: 1\r\nX-C: 1\r\nx-c: 2\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

        return receiver;
    }
}
