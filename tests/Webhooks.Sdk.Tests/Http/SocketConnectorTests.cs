using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class SocketConnectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<string> _dialled = [];

    [Fact]
    public async Task ConnectAsync_NameThatChangesItsAddress_NeverDialsARefusedOne()
    {
        int lookUps = 0;
        string[] answers = ["1.1.1.1", "127.0.0.1", "169.254.169.254", "2606:4700:4700::1111", "::ffff:10.0.0.1"];
        SocketConnector connector = Guarded((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers[lookUps++ % answers.Length])]));
        int refused = 0;

        for (int i = 0; i < 100; i++)
        {
            try
            {
                await connector.ConnectAsync("receiver.example", 443, CancellationToken.None);
            }
            catch (BlockedAddressException)
            {
                refused++;
            }
        }

        Assert.Equal(100, lookUps);
        Assert.Equal(60, refused);
        Assert.Equal(40, _dialled.Count);
        Assert.Equal(["1.1.1.1:443", "[2606:4700:4700::1111]:443"], _dialled.Distinct());
    }

    [Fact]
    public async Task ConnectAsync_OneAddressOfManyRefused_DialsNone()
    {
        SocketConnector connector = Guarded(TransportTestKit.Resolves("1.1.1.1", "10.0.0.1"));

        await Assert.ThrowsAsync<BlockedAddressException>(() => connector.ConnectAsync("receiver.example", 443, CancellationToken.None).AsTask());

        Assert.Empty(_dialled);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("fe80::1%1")]
    public async Task ConnectAsync_AddressAsHost_IsJudgedWithoutLookingItUp(string host)
    {
        SocketConnector connector = Guarded((_, _) => throw new InvalidOperationException("looked up"));

        await Assert.ThrowsAsync<BlockedAddressException>(() => connector.ConnectAsync(host, 80, CancellationToken.None).AsTask());

        Assert.Empty(_dialled);
    }

    [Fact]
    public async Task ConnectAsync_AddressWithFinalDot_IsLookedUpAsAName()
    {
        List<string> lookedUp = [];
        SocketConnector connector = Guarded((host, _) =>
        {
            lookedUp.Add(host);

            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });

        await Assert.ThrowsAsync<BlockedAddressException>(() => connector.ConnectAsync("127.0.0.1.", 80, CancellationToken.None).AsTask());

        Assert.Equal(["127.0.0.1."], lookedUp);
    }

    [Fact]
    public async Task ConnectAsync_PortNotAllowed_LooksNothingUp()
    {
        var guard = new AddressGuard(new WebhookOptions { AllowedPorts = { 443 } });
        var connector = new SocketConnector(guard, Patience, (_, _) => throw new InvalidOperationException("looked up"), Dial);

        await Assert.ThrowsAsync<BlockedAddressException>(() => connector.ConnectAsync("receiver.example", 80, CancellationToken.None).AsTask());
    }

    [Fact]
    public async Task ConnectAsync_WithoutGuard_DialsAnyAddress()
    {
        var connector = new SocketConnector(guard: null, Patience, TransportTestKit.Resolves("10.0.0.1"), Dial);

        await connector.ConnectAsync("crm.internal", 8080, CancellationToken.None);

        Assert.Equal(["10.0.0.1:8080"], _dialled);
    }

    [Fact]
    public async Task ConnectAsync_DialFails_TriesTheNextInOrder()
    {
        SocketConnector connector = Guarded(TransportTestKit.Resolves("1.0.0.1", "1.0.0.2", "1.0.0.3", "1.0.0.4"), failing: ["1.0.0.1", "1.0.0.2"]);

        await using Stream stream = await connector.ConnectAsync("receiver.example", 443, CancellationToken.None);

        Assert.Equal(["1.0.0.1:443", "1.0.0.2:443", "1.0.0.3:443"], _dialled);
    }

    [Fact]
    public async Task ConnectAsync_FirstAddressSilent_LeavesTimeForTheNext()
    {
        var connector = new SocketConnector(
            new AddressGuard(new WebhookOptions()),
            TimeSpan.FromMilliseconds(100),
            TransportTestKit.Resolves("1.0.0.1", "1.0.0.2"),
            async (endPoint, cancellationToken) =>
            {
                await Dial(endPoint, cancellationToken);

                if (_dialled.Count == 1)
                {
                    await LoopbackServer.StaySilentAsync(cancellationToken);
                }

                return Stream.Null;
            });

        await connector.ConnectAsync("receiver.example", 443, CancellationToken.None).AsTask().WaitAsync(Patience);

        Assert.Equal(["1.0.0.1:443", "1.0.0.2:443"], _dialled);
    }

    [Fact]
    public async Task ConnectAsync_AllDialsFail_ThrowsTheLastErrorWithoutItsAddress()
    {
        using var nobody = new ClosedPort();
        var connector = new SocketConnector(guard: null, Patience, TransportTestKit.Resolves("127.0.0.2", "127.0.0.3"));

        SocketException exception =
            await Assert.ThrowsAsync<SocketException>(() => connector.ConnectAsync("crm.internal", nobody.Port, CancellationToken.None).AsTask());

        Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
        Assert.DoesNotContain("127.0.0", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_NoAddress_IsHostNotFound()
    {
        SocketConnector connector = Guarded(TransportTestKit.Resolves());

        SocketException exception =
            await Assert.ThrowsAsync<SocketException>(() => connector.ConnectAsync("receiver.example", 443, CancellationToken.None).AsTask());

        Assert.Equal(SocketError.HostNotFound, exception.SocketErrorCode);
    }

    [Fact]
    public async Task ConnectAsync_NameThatTheResolverCannotTake_IsHostNotFound()
    {
        var connector = new SocketConnector(guard: null, Patience);

        SocketException exception =
            await Assert.ThrowsAsync<SocketException>(() => connector.ConnectAsync(new string('a', 300), 443, CancellationToken.None).AsTask());

        Assert.Equal(SocketError.HostNotFound, exception.SocketErrorCode);
    }

    [Fact]
    public async Task ConnectAsync_CancelledWhileLookingUp_StopsWaiting()
    {
        using var cancellation = new CancellationTokenSource();
        var never = new TaskCompletionSource<IPAddress[]>();
        SocketConnector connector = Guarded((_, _) => never.Task);

        Task<Stream> connecting = connector.ConnectAsync("receiver.example", 443, cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(Patience));
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task ConnectAsync_CancelledWhileDialling_DialsNoFurther()
    {
        using var cancellation = new CancellationTokenSource();
        var connector = new SocketConnector(
            new AddressGuard(new WebhookOptions()),
            Patience,
            TransportTestKit.Resolves("1.0.0.1", "1.0.0.2"),
            async (endPoint, cancellationToken) =>
            {
                await Dial(endPoint, cancellationToken);
                await cancellation.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();

                return Stream.Null;
            });

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => connector.ConnectAsync("receiver.example", 443, cancellation.Token).AsTask());

        // The pool tells its own time-out by the token, so it must be the one that it gave.
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(["1.0.0.1:443"], _dialled);
    }

    [Fact]
    public async Task ConnectAsync_RealSocket_SendsWithoutDelay()
    {
        await using RawServer server = RawServer.Answering(TransportTestKit.Ok);
        var connector = new SocketConnector(guard: null, Patience);

        await using Stream stream = await connector.ConnectAsync("127.0.0.1", server.Port, CancellationToken.None);

        Assert.True(Assert.IsType<NetworkStream>(stream).Socket.NoDelay);
    }

    private SocketConnector Guarded(Func<string, CancellationToken, Task<IPAddress[]>> resolve, params string[] failing)
    {
        return new SocketConnector(new AddressGuard(new WebhookOptions()), Patience, resolve, async (endPoint, cancellationToken) =>
        {
            await Dial(endPoint, cancellationToken);

            return failing.Contains(endPoint.Address.ToString()) ? throw new SocketException((int)SocketError.ConnectionRefused) : Stream.Null;
        });
    }

    private ValueTask<Stream> Dial(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        _dialled.Add(endPoint.ToString());

        return ValueTask.FromResult(Stream.Null);
    }
}
