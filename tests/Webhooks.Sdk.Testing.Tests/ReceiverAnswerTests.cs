using System;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class ReceiverAnswerTests
{
    public static TheoryData<ReceiverAnswer, string> Golden { get; } = new()
    {
        { ReceiverAnswer.Status(503), "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" },
        { ReceiverAnswer.Status(599), "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n" },
        { ReceiverAnswer.Status(304), "HTTP/1.1 304 Not Modified\r\n\r\n" },
        {
            ReceiverAnswer.Status(200).WithHeader("A", "1").AddHeader("a", "2").WithHeader("B", "\u00e9").WithText("\u20ac", "text/plain"),
            "HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\nB: \u00e9\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\n\u00e2\u0082\u00ac"
        },
        { ReceiverAnswer.Status(200).WithHeader("A", "1").WithHeader("a", "2"), "HTTP/1.1 200 OK\r\na: 2\r\nContent-Length: 0\r\n\r\n" },
        {
            ReceiverAnswer.Status(200).WithJson("[1]"),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n[1]"
        },
        {
            ReceiverAnswer.Status(200).WithBody(new byte[] { 0xff, 0 }, "nonsense"),
            "HTTP/1.1 200 OK\r\nContent-Type: nonsense\r\nContent-Length: 2\r\n\r\n\u00ff\0"
        },
        { ReceiverAnswer.Redirect("file:///etc/passwd"), "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n" },
        { ReceiverAnswer.RedirectToItself(307), "HTTP/1.1 307 Temporary Redirect\r\nLocation: /a?b\r\nContent-Length: 0\r\n\r\n" },
        {
            ReceiverAnswer.Status(200).WithInterim(102).WithInterim(103),
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        },
        { ReceiverAnswer.Status(200).WithText("ab", "x").AsHttp10(), "HTTP/1.0 200 OK\r\nContent-Type: x\r\n\r\nab" },
        { ReceiverAnswer.Status(200).WithText("ab", "x").WithContentLength(9), "HTTP/1.1 200 OK\r\nContent-Type: x\r\nContent-Length: 9\r\n\r\nab" },
        { ReceiverAnswer.Status(200).WithText("ab", "x").WithContentLength(1), "HTTP/1.1 200 OK\r\nContent-Type: x\r\nContent-Length: 1\r\n\r\nab" },
        {
            ReceiverAnswer.Status(200).WithText("ab", "x").WithBadChunking(),
            "HTTP/1.1 200 OK\r\nContent-Type: x\r\nTransfer-Encoding: chunked\r\n\r\nno-size\r\nab"
        },
        { ReceiverAnswer.Raw("\u00e9\0"), "\u00e9\0" },
        { ReceiverAnswer.Raw(new byte[] { 1, 0xff }), "\u0001\u00ff" },
        { ReceiverAnswer.Garbage(), "\0\u0001\u0002\u00ff this is not HTTP\r\n\r\n" },
        { ReceiverAnswer.Greeting(), "220 mail.example ESMTP\r\n" },
        { ReceiverAnswer.Close(ReceiverStage.OnAccept), "" },
        { ReceiverAnswer.Close(ReceiverStage.BeforeReading), "" },
        { ReceiverAnswer.Close(ReceiverStage.AfterRequestHeaders), "" },
        { ReceiverAnswer.Close(ReceiverStage.AfterRequestBody), "" },
        { ReceiverAnswer.Close(ReceiverStage.AfterStatusLine), "HTTP/1.1 200 OK\r\n" },
        { ReceiverAnswer.Close(ReceiverStage.WithinHeaders), "HTTP/1.1 200 OK\r\nContent-Type: text/plai" },
        { ReceiverAnswer.Close(ReceiverStage.AfterHeaders), "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 23\r\n\r\n" },
        { ReceiverAnswer.Close(ReceiverStage.WithinBody), "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 23\r\n\r\nThis answer" },
        { ReceiverAnswer.Status(204).CloseAt(ReceiverStage.AfterAnswer), "HTTP/1.1 204 No Content\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public async Task Answer_OnTheWire_IsExactlySo(ReceiverAnswer answer, string expected)
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(answer);

        Assert.Equal(expected, await RawClient.ExchangeAsync(receiver, "POST /a?b HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab"));
    }

    [Fact]
    public async Task Status_RequestIsHead_HasTheHeadersWithoutTheBody()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("ab", "x"));

        string answer = await RawClient.ExchangeAsync(receiver, "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: x\r\nContent-Length: 2\r\n\r\n", answer);
    }

    [Fact]
    public async Task WithHeader_ConnectionClose_ClosesIt()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithHeader("Connection", "close"));

        Assert.EndsWith("Connection: close\r\nContent-Length: 0\r\n\r\n", await RawClient.ExchangeAsync(receiver), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_SharedAndChanged_StaysAsItWas()
    {
        ReceiverAnswer plain = ReceiverAnswer.Status(200);
        _ = plain.WithHeader("A", "1").WithText("x", "y").WithInterim(102).CloseAt(ReceiverStage.OnAccept);
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(plain);

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", await RawClient.ExchangeAsync(receiver, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public void Answer_PartThatCannotBe_ThrowsAtOnce()
    {
        ReceiverAnswer answer = ReceiverAnswer.Status(200);

        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => ReceiverAnswer.Status(101));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => ReceiverAnswer.Redirect("/", 400));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => ReceiverAnswer.RedirectToItself(299));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => answer.WithInterim(101));
        Assert.Throws<ArgumentOutOfRangeException>("statusCode", () => answer.WithEndlessInterim(200));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => answer.WithContentLength(-1));
        Assert.Throws<ArgumentOutOfRangeException>("inflatedLength", () => answer.WithGzipBomb(0));
        Assert.Throws<ArgumentOutOfRangeException>("delay", () => answer.After(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => answer.DripBody(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => answer.DripHeaders(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentNullException>("gate", () => answer.After((ReceiverGate)null!));
        Assert.Throws<ArgumentOutOfRangeException>("stage", () => answer.ResetAt((ReceiverStage)99));
        Assert.Throws<ArgumentException>("target", () => ReceiverAnswer.Redirect("/\r\nA: b"));
        Assert.Throws<ArgumentException>("protocol", () => ReceiverAnswer.SwitchingProtocols("a\nb"));
        Assert.Throws<ArgumentException>("name", () => answer.WithHeader("a b", "c"));
        Assert.Throws<ArgumentException>("name", () => answer.WithHeader("content-length", "1"));
        Assert.Throws<ArgumentException>("value", () => answer.AddHeader("A", "b\0"));
        Assert.Throws<ArgumentException>("value", () => answer.AddHeader("A", "\u20ac"));
        Assert.Throws<ArgumentException>("mediaType", () => answer.WithText("a", "b\r\nc"));
        Assert.Throws<ArgumentException>("json", () => answer.WithJson("{"));
    }

    public static TheoryData<Func<ReceiverAnswer, ReceiverAnswer>> HttpOnly { get; } =
    [
        answer => answer.WithHeader("A", "b"),
        answer => answer.WithText("a", "b"),
        answer => answer.WithEndlessBody(),
        answer => answer.WithGzipBomb(1),
        answer => answer.WithBadChunking(),
        answer => answer.WithContentLength(1),
        answer => answer.WithEndlessHeaders(),
        answer => answer.WithInterim(102),
        answer => answer.WithEndlessInterim(102),
        answer => answer.AsHttp10(),
        answer => answer.DripHeaders(TimeSpan.Zero),
    ];

    [Theory]
    [MemberData(nameof(HttpOnly))]
    public void Raw_WithAPartOfHttp_Throws(Func<ReceiverAnswer, ReceiverAnswer> add)
    {
        Assert.Throws<InvalidOperationException>(() => add(ReceiverAnswer.Raw("a")));
    }

    public static TheoryData<ReceiverAnswer, string> Contradictions { get; } = new()
    {
        { ReceiverAnswer.Status(204).WithText("a", "b"), "204 or 304" },
        { ReceiverAnswer.Status(304).WithContentLength(1), "204 or 304" },
        { ReceiverAnswer.Status(200).WithBadChunking().WithContentLength(1), "exclude each other" },
        { ReceiverAnswer.Status(200).WithBadChunking().AsHttp10(), "no chunks" },
        { ReceiverAnswer.Status(200).WithText("a", "b").ResetAt(ReceiverStage.WithinBody), "fewer than two bytes" },
        { ReceiverAnswer.Raw("a").CloseAt(ReceiverStage.WithinHeaders), "no stages" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Answers_ContradictoryAnswer_IsRefusedWithTheRemedy(ReceiverAnswer answer, string message)
    {
        await using var receiver = WebhookReceiver.Start();

        var exception = Assert.Throws<ArgumentException>(nameof(answer), () => receiver.Answers(answer));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_EachClient_GetsIt()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(422).WithHeader("X-A", "1").WithText("no", "text/plain"));
        using HttpClient client = Clients.Plain();

        using HttpResponseMessage answer = await client.GetAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal((422, "no"), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal((WebhookFailure.Rejected, 422, "no"), result.Outcome());
        Assert.Contains(new("X-A", "1"), result.ResponseHeaders);
    }
}
