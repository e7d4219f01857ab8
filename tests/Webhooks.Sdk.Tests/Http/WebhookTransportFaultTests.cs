using System;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;
using static Webhooks.Sdk.Tests.Http.TransportTestKit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>
/// What the caller gets to see of each fault, and whether it can tell that nothing was sent.
/// </summary>
public sealed class WebhookTransportFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(SocketError.HostNotFound)]
    [InlineData(SocketError.TryAgain)]
    public async Task SendAsync_NameUnknown_IsANameResolutionErrorAndUnsent(SocketError error)
    {
        using var transport = new WebhookTransport(new WebhookOptions(), (_, _) => throw new SocketException((int)error));
        using AttemptRequest request = Get(new Uri("http://receiver.example/secret"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.NameResolutionError, exception.HttpRequestError);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_NameThatTheResolverCannotTake_IsANameResolutionError()
    {
        using var transport = new WebhookTransport(new WebhookOptions(), (_, _) => throw new ArgumentException("0.0.0.0"));
        using AttemptRequest request = Get(new Uri("http://receiver.example/"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.NameResolutionError, exception.HttpRequestError);
    }

    [Fact]
    public async Task SendAsync_ConnectionRefused_IsAConnectionErrorAndUnsent()
    {
        using var nobody = new ClosedPort();
        using var transport = new WebhookTransport(LoopbackAllowed, Resolves("127.0.0.7"));
        using AttemptRequest request = Get(new UriBuilder(nobody.Url) { Host = "receiver.example" }.Uri);

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.Equal(HttpRequestError.ConnectionError, exception.HttpRequestError);
        Assert.DoesNotContain("127.0.0.7", exception.ToString(), StringComparison.Ordinal);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_Blocked_IsFoundInsideTheRuntimesExceptionAndUnsent()
    {
        using var transport = new WebhookTransport(new WebhookOptions(), Resolves("10.99.88.77"));
        using AttemptRequest request = Get(new Uri("http://receiver.example/path-secret?query-secret"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.IsNotType<BlockedAddressException>(exception);
        Assert.NotNull(BlockedAddressException.Find(exception));
        Assert.DoesNotContain("10.99", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_ConnectTimeout_IsACancellationThatTheCallerDidNotAskFor()
    {
        var never = new TaskCompletionSource<IPAddress[]>();
        using var transport = new WebhookTransport(new WebhookOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) }, (_, _) => never.Task);
        using AttemptRequest request = Get(new Uri("http://receiver.example/"));
        using var attempt = new CancellationTokenSource();

        OperationCanceledException exception =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(transport, request, attempt.Token).WaitAsync(Patience));

        Assert.False(attempt.IsCancellationRequested);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.NotEqual(attempt.Token, exception.CancellationToken);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_AttemptTimeoutWhileConnecting_IsTheCallersCancellationAndUnsent()
    {
        var lookingUp = new TaskCompletionSource();
        var never = new TaskCompletionSource<IPAddress[]>();
        using var transport = new WebhookTransport(new WebhookOptions { ConnectTimeout = Patience }, (_, _) =>
        {
            lookingUp.TrySetResult();

            return never.Task;
        });
        using AttemptRequest request = Get(new Uri("http://receiver.example/"));
        using var attempt = new CancellationTokenSource();

        Task<string> sending = SendAsync(transport, request, attempt.Token);
        await lookingUp.Task.WaitAsync(Patience);
        await attempt.CancelAsync();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));

        Assert.Equal(attempt.Token, exception.CancellationToken);
        Assert.True(request.IsSurelyUnsent(exception));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_AttemptTimeoutWhileWaitingForTheAnswer_MayHaveBeenReceived(bool withBody)
    {
        var received = new TaskCompletionSource();
        await using RawServer server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            received.SetResult();
            await connection.ReadRequestAsync();
        });
        using var transport = new WebhookTransport(LoopbackAllowed);
        using AttemptRequest request = Get(server.Url("127.0.0.1"));
        request.Content = withBody ? new ByteArrayContent([1, 2, 3]) : null;
        using var attempt = new CancellationTokenSource();

        Task<string> sending = SendAsync(transport, request, attempt.Token);
        await received.Task.WaitAsync(Patience);
        await attempt.CancelAsync();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));

        Assert.False(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public async Task SendAsync_ResetAfterTheRequest_MayHaveBeenReceived()
    {
        await using RawServer server = RawServer.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        using var transport = new WebhookTransport(LoopbackAllowed);
        using AttemptRequest request = Get(server.Url("127.0.0.1"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.False(request.IsSurelyUnsent(exception));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_NoHeaderToWatch_CountsAsSent()
    {
        using var transport = new WebhookTransport(new WebhookOptions(), Resolves("10.0.0.1"));
        using var request = new AttemptRequest(HttpMethod.Get, new Uri("http://receiver.example/"));

        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(transport, request));

        Assert.False(request.IsSurelyUnsent(exception));
    }

    [Fact]
    public void IsSurelyUnsent_NoTransportOfOursSawIt_IsFalse()
    {
        using AttemptRequest request = Get(new Uri("http://receiver.example/"));

        Assert.False(request.IsSurelyUnsent(new HttpRequestException()));
    }

    [Fact]
    public void IsSurelyUnsent_StaleConnection_IsTrueThoughTheWritingHadBegun()
    {
        using AttemptRequest request = Get(new Uri("http://receiver.example/"));
        request.MarkWaiting();
        request.MarkWriting();

        Assert.True(request.IsSurelyUnsent(new HttpRequestException("outer", new StaleConnectionException())));
        Assert.False(request.IsSurelyUnsent(new HttpRequestException("outer")));
    }

    [Fact]
    public void IsSurelyUnsent_SentBeforeByAHandlerOutside_IsFalse()
    {
        using var request = new AttemptRequest(HttpMethod.Post, new Uri("http://receiver.example/"));
        request.Headers.TryAddWithoutValidation("User-Agent", "test");
        request.MarkWaiting();
        request.MarkWriting();

        request.MarkWaiting();

        Assert.False(request.IsSurelyUnsent(new HttpRequestException("outer")));
        Assert.False(request.IsSurelyUnsent(new HttpRequestException("outer", new StaleConnectionException())));
    }
}
