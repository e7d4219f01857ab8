using System;
using System.Net.Http;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Testing.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task Valid_AuthorityIsTrusted_EachClientIsServed()
    {
        await using WebhookReceiver receiver = Start(ReceiverCertificate.Valid);
        receiver.Answers(ReceiverAnswer.Status(200).WithText("safe", "text/plain"));
        using var client = new HttpClient(receiver.CreateHandler());

        string text = await client.GetStringAsync(receiver.Url);
        string byName = await client.GetStringAsync(new UriBuilder(receiver.Url) { Host = "localhost" }.Uri);
        WebhookResult result = await Clients.SendAsync(receiver, configure: builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler));

        Assert.Equal("https", receiver.Url.Scheme);
        Assert.Equal(("safe", "safe"), (text, byName));
        Assert.Equal((WebhookFailure.None, 200, "safe"), result.Outcome());
    }

    [Theory]
    [InlineData(ReceiverCertificate.SelfSigned)]
    [InlineData(ReceiverCertificate.Expired)]
    [InlineData(ReceiverCertificate.WrongHost)]
    public async Task BadCertificate_AuthorityIsTrusted_NobodySendsAnything(ReceiverCertificate certificate)
    {
        await using WebhookReceiver receiver = Start(certificate);
        using var client = new HttpClient(receiver.CreateHandler());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver, configure: builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler));

        Assert.Equal(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        Assert.IsType<AuthenticationException>(exception.InnerException);
        Assert.Equal((WebhookFailure.NotReceived, null, null), result.Outcome());
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(ReceiverCertificate.Valid)]
    [InlineData(ReceiverCertificate.SelfSigned)]
    [InlineData(ReceiverCertificate.Expired)]
    [InlineData(ReceiverCertificate.WrongHost)]
    public async Task AnyCertificate_AuthorityIsNotTrusted_NobodySendsAnything(ReceiverCertificate certificate)
    {
        await using WebhookReceiver receiver = Start(certificate);
        using HttpClient client = Clients.Plain();

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.NotReceived, null, null), result.Outcome());
        Assert.Equal("HttpRequestException: SecureConnectionError", result.Attempts[0].Error);
        Assert.Empty(receiver.Requests);
    }

    [Theory]
    [InlineData(ReceiverCertificate.Expired, "NotTimeValid")]
    [InlineData(ReceiverCertificate.WrongHost, "RemoteCertificateNameMismatch")]
    [InlineData(ReceiverCertificate.SelfSigned, "UntrustedRoot")]
    public async Task BadCertificate_HasOneFaultOnly(ReceiverCertificate certificate, string fault)
    {
        await using WebhookReceiver receiver = Start(certificate);
        using SocketsHttpHandler handler = receiver.CreateHandler();
        string? faults = null;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, chain, errors) =>
        {
            faults = $"{errors} {string.Join(' ', Array.ConvertAll(chain!.ChainStatus, status => status.Status))}";
            return true;
        };
        using var client = new HttpClient(handler);

        await client.GetStringAsync(receiver.Url);

        string expected = certificate == ReceiverCertificate.WrongHost ? $"{fault} " : $"RemoteCertificateChainErrors {fault}";
        Assert.Equal(expected, faults);
    }

    [Fact]
    public async Task Authority_EachReceiver_HasItsOwnWithoutItsKey()
    {
        await using WebhookReceiver first = Start(ReceiverCertificate.Valid);
        await using WebhookReceiver second = Start(ReceiverCertificate.Valid);
        await using var plain = WebhookReceiver.Start();
        using var client = new HttpClient(first.CreateHandler());

        Assert.False(first.Authority!.HasPrivateKey);
        Assert.NotEqual(first.Authority.Thumbprint, second.Authority!.Thumbprint);
        Assert.Null(plain.Authority);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(second.Url));
    }

    [Fact]
    public async Task CreateHandler_PlainReceiver_IsServed()
    {
        await using var receiver = WebhookReceiver.Start();
        using var client = new HttpClient(receiver.CreateHandler());

        Assert.Equal("", await client.GetStringAsync(receiver.Url));
    }

    [Fact]
    public async Task Greeting_InPlaceOfAHandshake_EndsIt()
    {
        await using WebhookReceiver receiver = Start(ReceiverCertificate.Valid);
        receiver.Answers(ReceiverAnswer.Greeting());
        using var client = new HttpClient(receiver.CreateHandler());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.Equal(HttpRequestError.SecureConnectionError, exception.HttpRequestError);
        Assert.Equal((WebhookFailure.NotReceived, null, null), result.Outcome());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResetOrClose_InPlaceOfAHandshake_IsNotReceived(bool reset)
    {
        await using WebhookReceiver receiver = Start(ReceiverCertificate.Valid);
        receiver.Answers(reset ? ReceiverAnswer.Reset(ReceiverStage.OnAccept) : ReceiverAnswer.Close(ReceiverStage.OnAccept));
        using var client = new HttpClient(receiver.CreateHandler());

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(receiver.Url));
        WebhookResult result = await Clients.SendAsync(receiver);

        Assert.True(
            exception.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError, exception.ToString());
        Assert.Equal((WebhookFailure.NotReceived, null, null), result.Outcome());
    }

    [Fact]
    public async Task Silence_HandshakeNeverEnds_ClientsHaveEnoughInTime()
    {
        var time = new ManualTimeProvider();
        await using WebhookReceiver receiver = Start(ReceiverCertificate.Valid);
        receiver.Answers(ReceiverAnswer.Silence().SilentAt(ReceiverStage.OnAccept));
        using var client = new HttpClient(receiver.CreateHandler());
        using var cancellation = new CancellationTokenSource();

        Task<string> plain = client.GetStringAsync(receiver.Url, cancellation.Token);
        await receiver.WaitForConnectionsAsync(1);
        bool waits = !plain.IsCompleted;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plain);
        Task<WebhookResult> sending = Clients.SendAsync(receiver, time);
        await receiver.WaitForConnectionsAsync(2);
        time.Advance(Clients.AttemptTimeout);

        Assert.True(waits);
        Assert.Equal((WebhookFailure.NotReceived, null, null), (await sending).Outcome());
    }

    [Theory]
    [InlineData(ReceiverStage.BeforeReading)]
    [InlineData(ReceiverStage.AfterRequestBody)]
    [InlineData(ReceiverStage.WithinHeaders)]
    public async Task ResetAndClose_AfterTheHandshake_AreConnectionLost(ReceiverStage stage)
    {
        await using WebhookReceiver receiver = Start(ReceiverCertificate.Valid);
        receiver.Answers(ReceiverAnswer.Reset(stage)).Then(ReceiverAnswer.Close(stage));

        WebhookResult reset = await Clients.SendAsync(receiver, configure: builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler));
        WebhookResult closed = await Clients.SendAsync(receiver, configure: builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler));

        Assert.Equal((WebhookFailure.ConnectionLost, WebhookFailure.ConnectionLost), (reset.Failure, closed.Failure));
    }

    private static WebhookReceiver Start(ReceiverCertificate certificate) => WebhookReceiver.Start(new() { Certificate = certificate });
}
