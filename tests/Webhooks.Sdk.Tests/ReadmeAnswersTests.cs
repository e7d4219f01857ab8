using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests;

/// <summary>What README.md shows of answers, presets and schedules.</summary>
public sealed class ReadmeAnswersTests
{
    private const string Reference = "PAY-1";

    [Theory]
    [InlineData(200, "ok", WebhookFailure.None)]
    [InlineData(200, "full", WebhookFailure.ReceiverFailed)]
    [InlineData(200, """{"error":{"code":"busy"}}""", WebhookFailure.Throttled)]
    [InlineData(409, "", WebhookFailure.None)]
    [InlineData(404, "", WebhookFailure.Gone)]
    public async Task Example_EachAnswer_MeansWhatItSays(int status, string body, WebhookFailure expected)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, body));
        string url = server.Url;
        var services = new ServiceCollection();
        services.AddWebhooks(options => (options.AllowLoopback, options.MaxAttempts) = (true, 1));

        // <rule>
        services.AddWebhooks()
            .AddEndpoint("team", endpoint => (endpoint.Url, endpoint.Preset) = (new Uri(url), "Slack"))
            .AddEndpoint("bank", endpoint =>
            {
                endpoint.Url = new Uri(url);
                endpoint.IdempotencyHeader = "Idempotency-Key";
                endpoint.UseSchedule(RetrySchedule.Exponential(TimeSpan.FromSeconds(10), attempts: 8, longest: TimeSpan.FromHours(1)));
                endpoint.UseRule(new WebhookResponseRule
                {
                    Statuses = new Dictionary<int, WebhookVerdict> { [409] = WebhookVerdict.Delivered, [404] = WebhookVerdict.Gone },
                    Body = [WebhookBodyRule.WhenJson("error.code", "busy", WebhookVerdict.Throttled), WebhookBodyRule.UnlessText("ok", WebhookVerdict.ReceiverFailed)],
                    WaitMember = "error.retry_after",
                });
            });

        WebhookEvent quote = WebhookEvent.For("quote.made").WithJson("[1.25]"u8).ExpiresAt(TimeProvider.System.GetUtcNow().AddMinutes(10)).Build();
        // </rule>
        await using ServiceProvider provider = services.BuildServiceProvider();
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();
        WebhookEndpoint bank = endpoints.Get("bank");

        WebhookResult result = await provider.Webhooks().SendAsync(bank, quote);

        Assert.Equal(expected, result.Failure);
        Assert.Equal(quote.Id, Assert.Single(server.Requests).Header("Idempotency-Key"));
        Assert.Equal(8, bank.Schedule.MaxAttempts);
        Assert.Same(WebhookPresets.Slack, endpoints.Get("team").Preset);
    }
}
