using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Tests.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>Sends signed events with every kind of credential and every ear open, and searches what was heard for what must not be.</summary>
public sealed class NoSecretTests
{
    private const string Token = "t0ken-of-the-endpoint";
    private const string Password = "p4ssword-of-the-endpoint";
    private const string Key = "k3y-of-the-endpoint";
    private const string Parameter = "p4rameter-of-the-endpoint";
    private const string Provided = "pr0vided-token";
    private const string Signing = "s1gning-key";
    private const string Data = "d4ta-of-the-event";

    private static readonly string[] Secrets =
    [
        TestSecrets.TextA["whsec_".Length..], TestSecrets.TextB["whsec_".Length..], Token, Password, Key, Parameter, Provided, Signing, Data,
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Password}")),
    ];

    private static readonly WebhookCredential[] Credentials =
    [
        WebhookCredential.Bearer(Token),
        WebhookCredential.Basic("user", Password),
        WebhookCredential.Header("X-Api-Key", Key),
        WebhookCredential.Query("code", Parameter),
        WebhookCredential.Bearer(static (rejected, _) => rejected is null ? ValueTask.FromResult(Provided) : throw new IOException(Provided)),
    ];

    private static readonly IWebhookSigner[] Signers =
    [
        WebhookSigner.GitHub(Signing),
        WebhookSigner.Stripe(Signing, Signing),
        WebhookSigner.Shopify(Signing),
        new StubSigner(static (context, _) => context.Id.Length > 0 ? ValueTask.FromException(new IOException(Signing)) : default),
    ];

    [Theory]
    [InlineData(200)]
    [InlineData(401)]
    [InlineData(503)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task SendAsync_SignedWithEveryCredentialAndOutcome_ShowsNoSecret(int status)
    {
        // The receiver repeats everything it was told.
        await using var server = LoopbackServer.Start((request, stream, cancellationToken) => status <= 0
            ? throw new IOException()
            : stream.WriteAsync(
                Encoding.UTF8.GetBytes(LoopbackServer.Response(
                    status, $"{request.RequestLine} {request.Text}", string.Concat(request.Headers.Select(header => $"X-Echo: {header.Value}\r\n")))),
                cancellationToken).AsTask());
        using var overheard = new Overheard();
        using IDisposable diagnostics = DiagnosticListener.AllListeners.Subscribe(new DiagnosticEar(overheard));
        string url = status < 0 ? "http://nobody.invalid" : server.Url;
        await using ServiceProvider provider = TestHost.Create(
            webhooks =>
            {
                webhooks.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(overheard));
                webhooks.AddEndpoint("named", options =>
                {
                    options.Url = new Uri(url);
                    options.Secrets.Add(TestSecrets.TextA);
                    options.Credential.BearerToken = Token;
                    options.Signatures.Add(new WebhookSignatureOptions { Scheme = "Stripe", Keys = { Signing } });
                });
            },
            options => options.MaxAttempts = 2);
        WebhookEvent webhookEvent = WebhookEvent.For("invoice.paid").WithData(new Dictionary<string, string> { ["a"] = Data }).Build();
        WebhookEndpoint[] endpoints =
        [
            provider.GetRequiredService<IWebhookEndpoints>().Get("named"),
            .. Credentials.Select(credential => new WebhookEndpoint(url) { Secrets = [TestSecrets.B, TestSecrets.A], Credential = credential }),
            .. Signers.Select(signer => new WebhookEndpoint(url) { Secrets = [TestSecrets.A], Signers = [signer] }),
        ];

        foreach (WebhookEndpoint endpoint in endpoints)
        {
            WebhookRequest request = endpoint.Compose(webhookEvent);
            WebhookResult result = await provider.Webhooks().SendAsync(request);
            object?[] shown = [endpoint, endpoint.Credential, endpoint.Secrets[0], .. endpoint.Signers, request, result, .. result.Attempts, webhookEvent];
            Array.ForEach(shown, overheard.Note);
            Array.ForEach(shown, thing => overheard.Note(thing is null ? null : PublicTexts(thing)));
            overheard.Note(Record.Exception(() => result.EnsureSucceeded()));
        }

        Assert.Contains(overheard.Texts, text => text.Contains("Webhook", StringComparison.Ordinal));
        Assert.All(Secrets, secret => Assert.DoesNotContain(overheard.Texts, text => text.Contains(secret, StringComparison.Ordinal)));
        Assert.DoesNotContain(overheard.Texts, text => text.Contains("v1,", StringComparison.Ordinal));
        Assert.DoesNotContain(overheard.Texts, text => text.Contains("sha256=", StringComparison.Ordinal) || text.Contains("v1=", StringComparison.Ordinal));
    }

    /// <summary>What a structured logger writes of an object: its public texts, but those that are the receiver's own words.</summary>
    private static string PublicTexts(object thing) => string.Join('\n', thing.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetIndexParameters().Length == 0 && property.Name is not (nameof(WebhookResult.ResponseText) or nameof(WebhookResult.ResponseHeaders)))
        .Select(property => property.GetValue(thing)));

    private sealed class DiagnosticEar(Overheard overheard) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value) => value.Subscribe(this);

        public void OnNext(KeyValuePair<string, object?> value)
        {
            overheard.Note(value.Value);

            if (value.Value is not null)
            {
                overheard.Note(PublicTexts(value.Value));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
