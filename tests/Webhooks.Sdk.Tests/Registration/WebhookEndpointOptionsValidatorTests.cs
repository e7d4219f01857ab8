using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Tests.Http;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class WebhookEndpointOptionsValidatorTests
{
    private const string Secret = "s3cret";

    public static IReadOnlyDictionary<string, (Action<WebhookEndpointOptions> Spoil, string Message)> Mistakes { get; } =
        new Dictionary<string, (Action<WebhookEndpointOptions>, string)>
        {
            ["no URL"] = (o => o.Url = null, "Url: is missing"),
            ["relative URL"] = (o => o.Url = new Uri($"/{Secret}", UriKind.Relative), "Url: cannot be used"),
            ["another scheme"] = (o => o.Url = new Uri($"ftp://acme.example/{Secret}"), "Url: cannot be used"),
            ["user information"] = (o => o.Url = new Uri($"https://u:{Secret}@acme.example/"), "Url: cannot be used"),
            ["fragment"] = (o => o.Url = new Uri($"https://acme.example/#{Secret}"), "Url: cannot be used"),
            ["opaque URL that is not ASCII"] = (o => (o.Url, o.IsUrlOpaque) = (new Uri($"https://acme.example/é{Secret}"), true), "Url: cannot be used"),
            ["secret without prefix"] = (o => o.Secrets.Add(Secret), "Secrets[0]: cannot be used"),
            ["second secret"] = (o => Add(o.Secrets, TestSecrets.TextA, $"whsec_{Secret}"), "Secrets[1]: cannot be used"),
            ["null secret"] = (o => o.Secrets.Add(null!), "Secrets[0]: cannot be used"),
            ["eleven secrets"] = (o => Add(o.Secrets, [.. Enumerable.Repeat(TestSecrets.TextA, 11)]), "Secrets: must be at most 10, but are 11"),
            ["header name"] = (o => o.Headers.Add("X A", Secret), "Headers: cannot be used"),
            ["header value"] = (o => o.Headers.Add("X-A", $"{Secret}\r\n"), "Headers: cannot be used"),
            ["null header"] = (o => o.Headers.Add("X-A", null!), "Headers: cannot be used"),
            ["reserved header"] = (o => o.Headers.Add("webhook-id", Secret), "Headers: cannot be used"),
            ["format"] = (o => o.Format = "xml", "Format: must be one of Standard, DataOnly, RestHook, Weavy, CloudEvents, CloudEventsBinary, but was 'xml'"),
            ["preset"] = (o => o.Preset = "Fax", "Preset: must be one of Default, Slack, Teams, Discord, Line, Messenger, Lob, Salesforce, but was 'Fax'"),
            ["null preset"] = (o => o.Preset = null!, "Preset: must be one of"),
            ["schedule"] = (o => o.Schedule = "Never", "Schedule: must be one of StandardWebhooks, Braze, Immediate, but was 'Never'"),
            ["two schedules"] = (
                o =>
                {
                    o.Schedule = "Braze";
                    o.RetryDelays.Add(TimeSpan.Zero);
                },
                "Schedule: is a schedule beside RetryDelays"),
            ["negative wait"] = (o => o.RetryDelays.Add(TimeSpan.FromTicks(-1)), "RetryDelays: cannot be used"),
            ["a hundred waits"] = (o => Add(o.RetryDelays, new TimeSpan[100]), "RetryDelays: cannot be used"),
            ["idempotency header"] = (o => o.IdempotencyHeader = "webhook-id", "IdempotencyHeader: cannot be used"),
            ["source"] = (o => o.Source = "a b", "Source: cannot be used"),
            ["time-out"] = (o => o.AttemptTimeout = TimeSpan.Zero, "AttemptTimeout: cannot be used"),
            ["body size"] = (o => o.MaxRequestBodySize = 0, "MaxRequestBodySize: cannot be used"),
            ["concurrency"] = (o => o.MaxConcurrency = 0, "MaxConcurrency: cannot be used"),
            ["rate"] = (o => o.Rate.Attempts = 0, "Rate: cannot be used"),
            ["period of the rate"] = (o => (o.Rate.Attempts, o.Rate.Period) = (1, TimeSpan.Zero), "Rate: cannot be used"),
            ["burst"] = (o => (o.Rate.Attempts, o.Rate.Burst) = (1, 0), "Rate: cannot be used"),
            ["wait"] = (o => o.MaxWait = TimeSpan.FromTicks(-1), "MaxWait: cannot be used"),
            ["circuit breaker"] = (o => (o.CircuitBreaker.Enabled, o.CircuitBreaker.FailureRatio) = (true, 2), "CircuitBreaker: cannot be used"),
            ["origin"] = (o => o.RequestOrigin = $"https://{Secret}", "RequestOrigin: cannot be used"),
            ["bearer token"] = (o => o.Credential.BearerToken = $"{Secret} x", "Credential: cannot be used"),
            ["user name"] = (o => (o.Credential.UserName, o.Credential.Password) = ("a:b", Secret), "Credential: cannot be used"),
            ["empty user name"] = (o => o.Credential.UserName = "", "Credential: cannot be used"),
            ["header without name"] = (o => o.Credential.HeaderValue = Secret, "Credential: cannot be used"),
            ["header without value"] = (o => o.Credential.HeaderName = "X-A", "Credential: cannot be used"),
            ["query without name"] = (o => o.Credential.QueryValue = Secret, "Credential: cannot be used"),
            ["two credentials"] = (o => (o.Credential.BearerToken, o.Credential.Password) = ("t", Secret), "Credential: must be of one kind"),
            ["one in code, too"] = (
                o =>
                {
                    o.Credential.BearerToken = Secret;
                    o.UseCredential(WebhookCredential.Bearer(Secret));
                },
                "Credential: must be of one kind"),
            ["certificate over http"] = (
                o =>
                {
                    o.Url = new Uri("http://acme.example");
                    o.UseCredential(WebhookCredential.ClientCertificate(TestCertificates.Create("a")));
                },
                "Credential: is a client certificate"),
        };

    public static TheoryData<string> Names { get; } = [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_Mistake_IsNamedWithItsMemberAndShowsNoSecret(string name)
    {
        WebhookEndpointOptions options = Valid();
        Mistakes[name].Spoil(options);

        ValidateOptionsResult result = new WebhookEndpointOptionsValidator().Validate("acme", options);

        string failure = Assert.Single(result.Failures!);
        Assert.Contains($"WebhookEndpointOptions.{Mistakes[name].Message}", failure);
        Assert.Contains("(endpoint 'acme')", failure);
        Assert.DoesNotContain(Secret, failure);
        Assert.DoesNotContain("(Parameter", failure);
    }

    [Fact]
    public void Validate_EverythingSet_Succeeds()
    {
        WebhookEndpointOptions options = Valid();
        options.Secrets.Add(TestSecrets.TextA);
        options.Headers.Add("X-A", "1");
        options.Credential.UserName = "user";
        options.Format = "weavy";
        options.Source = "/billing";
        options.AttemptTimeout = TimeSpan.FromSeconds(90);
        options.MaxRequestBodySize = 1;

        Assert.True(new WebhookEndpointOptionsValidator().Validate("acme", options).Succeeded);
        Assert.Equal("Endpoint at https://acme.example", options.ToString());
        Assert.Equal("Endpoint", new WebhookEndpointOptions().ToString());
    }

    private static WebhookEndpointOptions Valid() => new() { Url = new Uri($"https://acme.example/{Secret}") };

    private static void Add<T>(IList<T> list, params T[] items)
    {
        foreach (T item in items)
        {
            list.Add(item);
        }
    }
}
