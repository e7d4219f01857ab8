using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>Receivers that are asked before they are called: CONTRACTS of CloudEvents, Event Grid, and the challenge.</summary>
public sealed class HandshakeTests : IAsyncDisposable
{
    private const string Origin = "events.billing.example";

    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _provider;

    public HandshakeTests()
    {
        _provider = TestHost.Create(time: _time);
    }

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Fact]
    public async Task VerifyAsync_CloudEvents_AsksWithOptionsAndAllOfItsHeaders()
    {
        await using var server = Answering($"WebHook-Allowed-Origin: {Origin}\r\nWebHook-Allowed-Rate: 100\r\n");
        var callback = new Uri("https://billing.example/consent?key=k3y");
        var endpoint = new WebhookEndpoint(server.Url + "/hooks?a=b") { Secrets = [TestSecrets.A], Credential = WebhookCredential.Bearer("t0ken") };

        WebhookHandshakeResult result = await VerifyAsync(endpoint, WebhookHandshake.CloudEvents(Origin, attemptsPerMinute: 120, callback));

        RecordedRequest asked = Assert.Single(server.Requests);
        Assert.Equal("OPTIONS /hooks?a=b HTTP/1.1", asked.RequestLine);
        Assert.Equal(Origin, asked.Header("WebHook-Request-Origin"));
        Assert.Equal("120", asked.Header("WebHook-Request-Rate"));
        Assert.Equal(callback.AbsoluteUri, asked.Header("WebHook-Request-Callback"));
        Assert.Equal("Bearer t0ken", asked.Header("Authorization"));
        Assert.Equal(WebhookVerification.Valid, asked.Verify(_time, TestSecrets.A));
        Assert.Equal((true, WebhookFailure.None, 200), (result.IsGranted, result.Failure, result.Attempt.StatusCode));
        Assert.Equal((100, TimeSpan.FromMinutes(1)), (result.AllowedRate!.Attempts, result.AllowedRate.Period));
    }

    [Theory]
    [InlineData(200, null, "*", null, true, null)]
    [InlineData(200, null, Origin, null, true, null)]
    [InlineData(204, null, "EVENTS.billing.example", "*", true, null)]
    [InlineData(404, null, Origin, "60", true, 60)]
    [InlineData(200, 120, Origin, "*", true, null)]
    [InlineData(200, 120, Origin, null, false, null)]
    [InlineData(200, null, null, null, false, null)]
    [InlineData(200, null, null, "100", false, null)]
    [InlineData(200, null, "other.example", null, false, null)]
    [InlineData(200, null, "*.billing.example", null, false, null)]
    [InlineData(200, null, Origin, "0", false, null)]
    [InlineData(200, null, Origin, "-1", false, null)]
    [InlineData(200, null, Origin, "many", false, null)]
    [InlineData(405, null, Origin, "*", false, null)]
    public async Task VerifyAsync_CloudEvents_ConsentIsInTheHeaders(int status, int? asked, string? origin, string? rate, bool granted, int? allowed)
    {
        await using var server = Answering(
            (origin is null ? "" : $"WebHook-Allowed-Origin: {origin}\r\n") + (rate is null ? "" : $"WebHook-Allowed-Rate: {rate}\r\n"), status);

        WebhookHandshakeResult result = await VerifyAsync(
            new WebhookEndpoint(server.Url), WebhookHandshake.CloudEvents(Origin, asked, callbackUrl: null));

        Assert.Equal(granted, result.IsGranted);
        Assert.Equal(granted ? WebhookFailure.None : WebhookFailure.Rejected, result.Failure);
        Assert.Equal(allowed, result.AllowedRate?.Attempts);
    }

    [Fact]
    public async Task ApplyTo_Consent_EachRequestCarriesTheOriginAndKeepsTheRate()
    {
        await using var server = Answering($"WebHook-Allowed-Origin: *\r\nWebHook-Allowed-Rate: 6\r\n");
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Secrets = [TestSecrets.A],
            Limits = new WebhookLimits { MaxWait = TimeSpan.Zero, MaxConcurrency = 7, Rate = WebhookRate.PerSecond(100) },
        };
        WebhookHandshakeResult consent = await VerifyAsync(endpoint, WebhookHandshake.CloudEvents(Origin));

        WebhookEndpoint verified = consent.ApplyTo(endpoint);
        WebhookResult first = await _provider.Webhooks().SendAsync(verified, Paid);
        WebhookResult second = await _provider.Webhooks().SendAsync(verified, Paid);

        Assert.True(first.Succeeded);
        Assert.Equal((WebhookFailure.Paced, TimeSpan.FromSeconds(10)), (second.Failure, second.RetryAfter));
        Assert.Equal(Origin, server.Requests[1].Header("WebHook-Request-Origin"));
        Assert.Equal(WebhookVerification.Valid, server.Requests[1].Verify(_time, TestSecrets.A));
        Assert.Equal(7, verified.Limits.MaxConcurrency);
        Assert.Null(endpoint.RequestOrigin);
        Assert.Equal(100, endpoint.Limits.Rate!.Attempts);
        Assert.Equal(6, verified.WithConsent(Origin, WebhookRate.PerSecond(1)).Limits.Rate!.Attempts);
    }

    [Fact]
    public async Task RequestOrigin_OfANamedEndpoint_ComesFromItsOptions()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.AddEndpoint("acme", endpoint => (endpoint.Url, endpoint.RequestOrigin) = (new Uri(server.Url), Origin)));
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");
        var granted = new WebhookHandshakeResult(
            new WebhookAttempt(1, default, default, 200, WebhookFailure.None, error: null), WebhookFailure.None, "", Origin, allowedRate: null);

        await provider.Webhooks().SendAsync(acme, Paid);

        Assert.Equal(Origin, Assert.Single(server.Requests).Header("WebHook-Request-Origin"));
        Assert.Contains("'acme'", Assert.Throws<InvalidOperationException>(() => granted.ApplyTo(acme)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyAsync_ReceiverThatCannotBeCalled_IsAResult()
    {
        using var closed = new ClosedPort();
        await using ServiceProvider guarded = TestHost.Create(options: options => options.AllowLoopback = false);
        IWebhookEndpointVerifier verifier = guarded.GetRequiredService<IWebhookEndpointVerifier>();

        WebhookHandshakeResult unreachable = await VerifyAsync(new WebhookEndpoint(closed.Url), WebhookHandshake.Challenge());
        WebhookHandshakeResult blocked = await verifier.VerifyAsync(new WebhookEndpoint(closed.Url), WebhookHandshake.CloudEvents(Origin));

        Assert.Equal((false, WebhookFailure.NotReceived), (unreachable.IsGranted, unreachable.Failure));
        Assert.Equal((false, WebhookFailure.BlockedAddress), (blocked.IsGranted, blocked.Failure));
        Assert.Throws<InvalidOperationException>(() => blocked.ApplyTo(new WebhookEndpoint(closed.Url)));
    }

    [Fact]
    public async Task VerifyAsync_SilentReceiver_EndsAtTheDeadlineOrByCancellation()
    {
        await using var server = LoopbackServer.Start((_, _, cancellationToken) => LoopbackServer.StaySilentAsync(cancellationToken));
        using var cancellation = new CancellationTokenSource();

        Task<WebhookHandshakeResult> verifying = VerifyAsync(new WebhookEndpoint(server.Url), WebhookHandshake.Challenge());

        while (server.Requests.Count == 0)
        {
            await Task.Yield();
        }

        _time.Advance(new WebhookOptions().AttemptTimeout);
        Task<WebhookHandshakeResult> cancelled = _provider.GetRequiredService<IWebhookEndpointVerifier>()
            .VerifyAsync(new WebhookEndpoint(server.Url), WebhookHandshake.Challenge(), cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(WebhookFailure.TimedOut, (await verifying).Failure);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
    }

    [Theory]
    [InlineData("{0}", 200, true)]
    [InlineData(" {0}\r\n", 202, true)]
    [InlineData("""{{"challenge":"{0}"}}""", 200, true)]
    [InlineData("{0}", 400, false)]
    [InlineData("{0}0", 200, false)]
    [InlineData("", 200, false)]
    [InlineData("""{{"challenge":null}}""", 200, false)]
    [InlineData("""{{"challenge":"\ud800"}}""", 200, false)]
    [InlineData("""{{"challenge":""", 200, false)]
    [InlineData("""["{0}"]""", 200, false)]
    [InlineData("""{{"validationResponse":"{0}"}}""", 200, false)]
    public async Task VerifyAsync_Challenge_MustComeBack(string answer, int status, bool granted)
    {
        await using var server = LoopbackServer.Start((request, stream, cancellationToken) =>
        {
            string challenge = request.Body.Length > 0
                ? JsonDocument.Parse(request.Body).RootElement.GetProperty("challenge").GetString()!
                : request.Target.Split("?a=b&echo=")[1];
            string body = string.Format(CultureInfo.InvariantCulture, answer, challenge);
            return stream.WriteAsync(Encoding.UTF8.GetBytes(LoopbackServer.Response(status, body)), cancellationToken).AsTask();
        });
        var endpoint = new WebhookEndpoint(server.Url + "/hooks?a=b");

        WebhookHandshakeResult posted = await VerifyAsync(endpoint, WebhookHandshake.Challenge());
        WebhookHandshakeResult queried = await VerifyAsync(endpoint, WebhookHandshake.Challenge("echo"));

        Assert.Equal((granted, granted), (posted.IsGranted, queried.IsGranted));
        Assert.Matches("^{\"type\":\"webhook.challenge\",\"challenge\":\"[0-9a-f]{64}\"}$", server.Requests[0].Text);
        Assert.Equal("application/json", server.Requests[0].Header("Content-Type"));
        Assert.Matches(@"^GET /hooks\?a=b&echo=[0-9a-f]{64} HTTP/1\.1$", server.Requests[1].RequestLine);
        Assert.NotEqual(server.Requests[0].Text[^66..^2], server.Requests[1].Target[^64..]);
    }

    [Theory]
    [InlineData("validationResponse", true)]
    [InlineData("challenge", false)]
    public async Task VerifyAsync_EventGrid_WantsItsCodeBack(string member, bool granted)
    {
        await using var server = LoopbackServer.Start((request, stream, cancellationToken) =>
        {
            JsonElement validation = JsonDocument.Parse(request.Body).RootElement[0];
            Assert.Equal("Microsoft.EventGrid.SubscriptionValidationEvent", validation.GetProperty("eventType").GetString());
            string code = validation.GetProperty("data").GetProperty("validationCode").GetString()!;
            string response = LoopbackServer.Response(200, $$"""{"{{member}}":"{{code}}"}""");
            return stream.WriteAsync(Encoding.UTF8.GetBytes(response), cancellationToken).AsTask();
        });

        WebhookHandshakeResult result = await VerifyAsync(new WebhookEndpoint(server.Url), WebhookHandshake.EventGrid());

        Assert.Equal(granted, result.IsGranted);
        Assert.Equal("SubscriptionValidation", Assert.Single(server.Requests).Header("aeg-event-type"));
        Assert.Contains("\"eventTime\":\"2026-03-01T12:00:00.0000000Z\"", server.Requests[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://events.example")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("é.example")]
    [InlineData("a\r\nX: 1")]
    public void CloudEvents_OriginThatIsNoDnsName_IsRefused(string origin)
    {
        Assert.Throws<ArgumentException>(() => WebhookHandshake.CloudEvents(origin));
        Assert.Throws<ArgumentException>(() => new WebhookEndpoint("https://a.example") { RequestOrigin = origin });
    }

    [Fact]
    public void Handshake_OtherMistakes_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WebhookHandshake.CloudEvents(Origin, attemptsPerMinute: 0, callbackUrl: null));
        Assert.Throws<ArgumentException>(() => WebhookHandshake.CloudEvents(Origin, attemptsPerMinute: null, new Uri("http://billing.example/consent")));
        Assert.Throws<ArgumentException>(() => WebhookHandshake.Challenge("a&b"));
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static LoopbackServer Answering(string headers, int status = 200) => LoopbackServer.StartRaw(LoopbackServer.Response(status, headers: headers));

    private Task<WebhookHandshakeResult> VerifyAsync(WebhookEndpoint endpoint, WebhookHandshake handshake) =>
        _provider.GetRequiredService<IWebhookEndpointVerifier>().VerifyAsync(endpoint, handshake);
}
