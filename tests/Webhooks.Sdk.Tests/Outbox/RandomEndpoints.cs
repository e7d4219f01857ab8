using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>Endpoints of everything that a subscription may set, by a seed; and all that can be read of one, as text.</summary>
internal sealed class RandomEndpoints(int seed)
{
    private readonly Random _random = new(seed);

    public WebhookEndpoint Next() => new(Pick(new Uri("https://hooks.example/a?b=c"), WebhookUrl.Opaque("https://hooks.example/run?sig=a%2Fb%7E"), new Uri("https://hooks.example:8443/Zoë")))
    {
        Preset = Pick([.. WebhookPresets.All, new WebhookPreset("own") { Rule = Rule(), Limits = Limits(), Format = WebhookFormat.Weavy }]),
        Secrets = Some(3, WebhookSecret.Generate),
        Signers = Pick<IReadOnlyList<IWebhookSigner>>(
            [], [WebhookSigner.GitHub("clé \"1\"")], [WebhookSigner.Stripe("a", "b"), WebhookSigner.Shopify("k").WithHeader("X-Acme-Signature")]),
        Headers = Some(3, () => KeyValuePair.Create($"X-H-{_random.Next(99)}", Pick("", "a b", "\"\\"))),
        Credential = Pick(
            null,
            WebhookCredential.Bearer("token"),
            WebhookCredential.Basic("Zoë", "p:w"),
            WebhookCredential.Header("X-Api-Key", "k e y"),
            WebhookCredential.Query("access token", "é&=")),
        Format = Pick([.. WebhookFormat.All]),
        Source = Pick(null, "/billing", "https://billing.example"),
        Limits = Pick(new WebhookLimits(), Limits()),
        PropagateTraceContext = Pick(true, false),
        RequestOrigin = Pick(null, "events.example"),
        Rule = Pick(WebhookResponseRule.Default, WebhookPresets.Discord.Rule, Rule()),
        Schedule = Pick(
            RetrySchedule.Braze,
            RetrySchedule.StandardWebhooks,
            RetrySchedule.Of(),
            RetrySchedule.Of(TimeSpan.FromTicks(_random.Next()), TimeSpan.FromDays(7)).WithJitter(_random.NextDouble())),
        IdempotencyHeader = Pick(null, new WebhookIdempotencyHeader("Idempotency-Key"), new WebhookIdempotencyHeader("X-Key") { IsUuid = true }),
        Ordered = Pick(true, false),
        SetAsideAfter = Pick<int?>(null, 1, 100),
    };

    /// <summary>Everything public that can be read of a value, member by member, and what signers, secrets, credentials and rules keep to themselves.</summary>
    public static IEnumerable<(string Path, string Value)> Describe(object? value, string path = "")
    {
        switch (value)
        {
            case null:
                return [(path, "null")];
            case string or bool or int or double or Enum or TimeSpan or RetrySchedule or WebhookFormat:
                return [(path, string.Create(CultureInfo.InvariantCulture, $"{(value is RetrySchedule schedule ? schedule.Explain() : value)}"))];
            case Uri url:
                return [(path, url.AbsoluteUri)];
            case WebhookPreset preset:
                return WebhookPresets.All.Contains(preset) ? [(path, preset.Name)] : [];
            case WebhookSecret secret:
                return [(path, secret.Reveal())];
            case WebhookSigner signer:
                return [(path, $"{signer}{signer.Sign(1, "body"u8)}")];
            case WebhookCredential credential:
                return [(path, $"{credential}{credential.HeaderName}:{credential.HeaderValue}?{credential.QueryPair}")];
            case WebhookBodyRule rule:
                return [(path, $"{rule.Parts}")];
            case IEnumerable items:
                IEnumerable<object> each = items.Cast<object>();
                return (path.EndsWith("Statuses", StringComparison.Ordinal) ? each.OrderBy(item => item.ToString(), StringComparer.Ordinal) : each)
                    .SelectMany((item, i) => item is int or string ? [($"{path}[{i}]", $"{item}")] : Describe(item, $"{path}[{i}]"));
            default:
                return value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .SelectMany(property => Describe(property.GetValue(value), $"{path}.{property.Name}"));
        }
    }

    private WebhookLimits Limits() => new()
    {
        AttemptTimeout = Pick<TimeSpan?>(null, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(7) + TimeSpan.FromTicks(1)),
        MaxRequestBodySize = Pick<int?>(null, 1, 1_000_000),
        MaxConcurrency = Pick<int?>(null, 1, 10_000),
        Rate = Pick(null, WebhookRate.PerSecond(3), new WebhookRate(7, TimeSpan.FromDays(1)) { Burst = 9 }),
        MaxWait = TimeSpan.FromSeconds(_random.Next(600)),
        CircuitBreaker = Pick(null, new WebhookCircuitBreaker(), new WebhookCircuitBreaker
        {
            FailureRatio = 0.1,
            MinimumThroughput = 3,
            SamplingDuration = TimeSpan.FromMinutes(2),
            BreakDuration = TimeSpan.FromMinutes(3),
        }),
    };

    private WebhookResponseRule Rule() => new()
    {
        SuccessStatuses = Some(2, () => 200 + _random.Next(100)),
        Statuses = Enumerable.Range(400, _random.Next(4)).ToDictionary(status => status, _ => Pick(Enum.GetValues<WebhookVerdict>())),
        Body = Some(4, () => Pick(
            WebhookBodyRule.WhenText("é", WebhookVerdict.Gone),
            WebhookBodyRule.WhenJson("error.code", "1", WebhookVerdict.Throttled).OnSuccess(),
            WebhookBodyRule.UnlessText("ok"),
            WebhookBodyRule.UnlessJson("success", "true", WebhookVerdict.ReceiverFailed))),
        WaitHeaders = Pick<IReadOnlyList<string>>([], ["X-Wait"], ["Retry-After", "X-RateLimit-Reset-After"]),
        WaitMember = Pick(null, "retry_after", "error.wait"),
    };

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private T[] Some<T>(int most, Func<T> make) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => make())];
}
