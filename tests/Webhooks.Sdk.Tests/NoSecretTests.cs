using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Harmony;
using Webhooks.Sdk.Skalin;
using Xunit;

namespace Webhooks.Sdk.Tests;

/// <summary>Sends everything with every ear open, and searches what was heard for what must not be.</summary>
public sealed class NoSecretTests
{
    private const string WebhookId = "05cb3204b49ff92d";
    private const string ClientId = "2bb91c92dr779103";
    private const string Code = "MONWEBHOOKACADEMY123456789012363F53";
    private const string Authorization = "Bearer s3cr3t-t0k3n";
    private const string Path = "T0KEN-IN-THE-PATH";
    private const string Query = "s1gnature-in-the-query";
    private const string Body = "b0dy-text";
    private const string Parameter = "C0000001";

    private static readonly string[] Secrets = [WebhookId, ClientId, Code, "s3cr3t-t0k3n", Path, Query, Body, Parameter];

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(410)]
    [InlineData(503)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Send_OfEveryKindWithEveryOutcome_ShowsNoSecret(int status)
    {
        // The receiver repeats everything it was told, in its headers and in its body.
        await using var server = LoopbackServer.Start((request, stream, cancellationToken) => status <= 0
            ? throw new IOException()
            : stream.WriteAsync(
                Encoding.UTF8.GetBytes(LoopbackServer.Response(
                    status, $"{string.Join(' ', Secrets)} {request.RequestLine}", $"X-Echo: {Authorization}\r\nLocation: {request.Target}\r\n")),
                cancellationToken).AsTask());
        using var overheard = new Overheard();
        string url = status < 0 ? "http://nobody.invalid" : server.Url;
        await using ServiceProvider provider = CreateProvider(overheard, url);
        WebhookRequest request = WebhookRequest.Put($"{url}/{Path}?sig={Query}")
            .WithHeader("Authorization", Authorization).WithText(Body, "text/plain").Build();
        SkalinEvent skalinEvent = SkalinEvent.For("customer1234").WithFeature("ActivationService", score: 5).Build();
        HarmonyCall call = HarmonyCall.To(Code).With("refreshCustomer", Parameter);
        ISkalinClient skalin = provider.GetRequiredService<ISkalinClient>();
        IHarmonyClient harmony = provider.GetRequiredService<IHarmonyClient>();

        WebhookResult sent = await provider.Webhooks().SendAsync(request);
        WebhookResult told = await skalin.SendAsync(skalinEvent);
        HarmonyAnswer answer = await harmony.CallAsync(call);

        object[] shown =
        [
            request, request.Url.GetLeftPart(UriPartial.Authority), sent, .. sent.Attempts, skalinEvent, skalin.Compose(skalinEvent), told, .. told.Attempts,
            call, harmony.Compose(call), answer, answer.Result, .. answer.Result.Attempts, skalin, harmony, provider.Webhooks(),
            skalin.Compose(skalinEvent).Endpoint!, harmony.Compose(call).Endpoint!,
            new SkalinOptions { WebhookId = WebhookId, ClientId = ClientId },
        ];
        Array.ForEach(shown, overheard.Note);

        foreach (WebhookResult result in new[] { sent, told, answer.Result })
        {
            overheard.Note(Record.Exception(() => result.EnsureSucceeded()));
        }

        Assert.NotEmpty(overheard.Texts);
        Assert.Contains(overheard.Texts, text => text.Contains("Webhook", StringComparison.Ordinal));
        Assert.All(Secrets, secret => Assert.DoesNotContain(overheard.Texts, text => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Send_QueryThatManyServersRefuse_WarnsWithoutShowingIt()
    {
        await using var server = LoopbackServer.Start(200);
        using var overheard = new Overheard();
        await using ServiceProvider provider = CreateProvider(overheard, server.Url);
        string longest = new('q', 2045);

        await provider.Webhooks().SendAsync(WebhookRequest.Get($"{server.Url}/?a={longest}").Build());
        int warnings = overheard.Texts.Count(IsWarning);
        await provider.Webhooks().SendAsync(WebhookRequest.Get($"{server.Url}/?a={longest}q").Build());

        Assert.Equal(0, warnings);
        Assert.Equal(1, overheard.Texts.Count(IsWarning));
        Assert.DoesNotContain(overheard.Texts, text => text.Contains("qqq", StringComparison.Ordinal));

        static bool IsWarning(string text) => text.Contains("2049 characters", StringComparison.Ordinal) || text.Contains("2048 characters", StringComparison.Ordinal);
    }

    private static ServiceProvider CreateProvider(Overheard overheard, string url) => TestHost.Create(
        builder =>
        {
            builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(overheard));
            builder.AddSkalin(options => (options.BaseUrl, options.WebhookId, options.ClientId) = (new Uri(url), WebhookId, ClientId))
                .AddHarmony(options => options.BaseUrl = new Uri(url));
        },
        options => options.MaxAttempts = 2);
}
