using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

/// <summary>
/// Answers that are wrong, endless, or not HTTP.
/// </summary>
public sealed class HostileAnswerTests
{
    private static readonly int Cap = new WebhookOptions().MaxResponseBodySize;

    [Fact]
    public async Task WithEndlessHeaders_EachClient_GivesUp()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithEndlessHeaders());
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.ConnectionLost, null, null), result.Outcome());
        await receiver.WaitForConnectionsToEndAsync(2);
    }

    [Fact]
    public async Task WithEndlessBody_PlainClientReadsOnAndOnAndTheSdkToItsCap()
    {
        const int Enough = 4 * 1024 * 1024;
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithEndlessBody());

        using (HttpClient client = Clients.Plain())
        {
            await using Stream stream = await client.GetStreamAsync(receiver.Url);
            await stream.ReadExactlyAsync(new byte[Enough]);
        }

        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal((WebhookFailure.None, 200, new string('a', Cap)), result.Outcome());
        Assert.Null(result.Attempts[0].Error);
        await receiver.WaitForConnectionsToEndAsync(2);
    }

    [Fact]
    public async Task WithEndlessBody_AsHttp10_ComesWithoutChunks()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithEndlessBody().AsHttp10());
        using RawClient client = await RawClient.ConnectAsync(receiver);

        await client.SendAsync(RawClient.Get);

        Assert.Equal("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\naaaa", await client.ReadAsync("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\naaaa".Length));
    }

    [Fact]
    public async Task WithGzipBomb_PlainClientInflatesAllOfItAndTheSdkNothing()
    {
        const long Inflated = (32 * 1024 * 1024) + 5;
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithGzipBomb(Inflated));
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var inflating = new HttpClient(handler);
        using HttpClient plain = Clients.Plain();

        long inflated = 0;
        byte[] buffer = new byte[64 * 1024];
        await using Stream stream = await inflating.GetStreamAsync(receiver.Url);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            inflated += read;
        }

        byte[] onTheWire = await plain.GetByteArrayAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(Inflated, inflated);
        Assert.InRange(onTheWire.Length, 1, Inflated / 500);
        Assert.Equal((WebhookFailure.None, 200), (result.Failure, result.StatusCode));
        Assert.InRange(result.ResponseText!.Length, 1, Cap);
        Assert.Contains(new("Content-Encoding", "gzip"), result.ResponseHeaders);
    }

    [Fact]
    public async Task WithBadChunking_PlainClientFailsAndTheSdkTakesTheStatus()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("text", "text/plain").WithBadChunking());
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.InvalidResponse, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.None, 200, ""), result.Outcome());
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task WithContentLength_Longer_TheBodyBreaksOff()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("text", "text/plain").WithContentLength(5));
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.ResponseEnded, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.None, 200, "text"), result.Outcome());
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task WithContentLength_Shorter_TheSurplusIsNobodys()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("text and surplus", "text/plain").WithContentLength(4));
        using HttpClient client = Clients.Plain();

        string text = await client.GetStringAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal("text", text);
        Assert.Equal((WebhookFailure.None, 200, "text"), result.Outcome());
        Assert.Null(result.Attempts[0].Error);
    }

    [Fact]
    public async Task Garbage_EachClient_SeesThatItIsNotHttp()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Garbage());
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.InvalidResponse, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.ConnectionLost, null, null), result.Outcome());
    }

    [Fact]
    public async Task Greeting_EachClient_SeesThatItIsNotHttp()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Greeting());
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.InvalidResponse, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.ConnectionLost, null, null), result.Outcome());
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task AsHttp10_EachClient_ReadsToTheEndOfTheConnection()
    {
        await using var receiver = WebhookReceiver.Start();
        receiver.Answers(ReceiverAnswer.Status(200).WithText("old", "text/plain").AsHttp10());
        using HttpClient client = Clients.Plain();

        using HttpResponseMessage answer = await client.GetAsync(receiver.Url);
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal((HttpVersion.Version10, "old"), (answer.Version, await answer.Content.ReadAsStringAsync()));
        Assert.Null(answer.Content.Headers.NonValidated.TryGetValues("Content-Length", out _) ? "sent" : null);
        Assert.Equal((WebhookFailure.None, 200, "old"), result.Outcome());
    }
}
