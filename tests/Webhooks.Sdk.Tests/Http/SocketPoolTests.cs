using System;
using System.Net.Http;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class SocketPoolTests
{
    [Fact]
    public void Create_Connections_LiveForMinutesAtMost()
    {
        using SocketsHttpHandler pool = Create(new WebhookOptions());

        // The lifetime makes a receiver's move visible; below 60 s of rest we close before a load balancer does.
        Assert.InRange(pool.PooledConnectionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
        Assert.InRange(pool.PooledConnectionIdleTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(59));
    }

    [Fact]
    public void Create_ConnectTimeout_IsTheOptions()
    {
        using SocketsHttpHandler pool = Create(new WebhookOptions { ConnectTimeout = TimeSpan.FromSeconds(7) });

        Assert.Equal(TimeSpan.FromSeconds(7), pool.ConnectTimeout);
    }

    [Fact]
    public void Create_Certificates_AreJudgedByThePlatformAlone()
    {
        using SocketsHttpHandler pool = Create(new WebhookOptions());

        Assert.Null(pool.SslOptions.RemoteCertificateValidationCallback);
        Assert.Null(pool.Credentials);
        Assert.False(pool.PreAuthenticate);
    }

    private static SocketsHttpHandler Create(WebhookOptions options) => SocketPool.Create(new SocketConnector(guard: null, options.ConnectTimeout), options);
}
