using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Webhooks.Sdk.Outbox;

/// <content>The endpoint as it is read, of either version.</content>
internal static partial class StoredSettings
{
    private static WebhookEndpoint ReadEndpoint(JsonElement root, string subscriptionId)
    {
        WebhookPreset preset = Text(root, "preset") is { } name ? Known(WebhookPresets.Find(name), "preset", name) : WebhookPresets.Default;

        return new WebhookEndpoint(StoredUrl.Read(RequiredText(root, "url"), Flag(root, "opaque")))
        {
            SubscriptionId = subscriptionId,
            Preset = preset,
            Secrets = ReadSecrets(root),
            Signers = [.. Items(root, "signers").Select(ReadSigner)],
            Headers = ReadHeaders(root),
            Credential = Member(root, "credential") is { } credential
                ? WebhookCredential.Restore(Text(credential, "kind"), Text(credential, "header"), Text(credential, "value"), Text(credential, "query"))
                : null,
            Format = Text(root, "format") is { } format ? Known(WebhookFormat.Find(format), "format", format) : preset.Format,
            Source = Text(root, "source"),
            RequestOrigin = Text(root, "requestOrigin"),
            PropagateTraceContext = Flag(root, "traceContext"),
            Ordered = Flag(root, "ordered"),
            SetAsideAfter = (int?)Number(root, "setAsideAfter"),
            Schedule = Member(root, "schedule") is { } schedule ? ReadSchedule(schedule) : preset.Schedule,
            IdempotencyHeader = Member(root, "idempotencyHeader") is { } header
                ? new WebhookIdempotencyHeader(RequiredText(header, "name")) { IsUuid = Flag(header, "uuid") }
                : null,
            Limits = Member(root, "limits") is { } limits ? ReadLimits(limits) : preset.Limits,
            Rule = Member(root, "rule") is { } rule ? ReadRule(rule) : preset.Rule,
        };
    }

    // Version 1 had neither preset nor rule nor signers, and of the limits only three.
    private static WebhookEndpoint ReadFirst(JsonElement root, string subscriptionId) =>
        new(StoredUrl.Read(RequiredText(root, "url"), Flag(root, "opaque")))
        {
            SubscriptionId = subscriptionId,
            Secrets = ReadSecrets(root),
            Headers = ReadHeaders(root),
            Credential = WebhookCredential.Restore(kind: null, Text(root, "credentialHeader"), Text(root, "credentialValue"), Text(root, "credentialQuery")),
            Format = Known(WebhookFormat.Find(RequiredText(root, "format")), "format", RequiredText(root, "format")),
            Source = Text(root, "source"),
            RequestOrigin = Text(root, "requestOrigin"),
            PropagateTraceContext = Flag(root, "propagateTrace"),
            Ordered = Flag(root, "ordered"),
            SetAsideAfter = (int?)Number(root, "setAsideAfter"),
            Schedule = ReadDelays(root),
            IdempotencyHeader = Text(root, "idempotencyHeader") is { } header
                ? new WebhookIdempotencyHeader(header) { IsUuid = Flag(root, "idempotencyUuid") }
                : null,
            Limits = new WebhookLimits
            {
                AttemptTimeout = Number(root, "timeoutMs") is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
                MaxRequestBodySize = (int?)Number(root, "maxBody"),
                MaxConcurrency = (int?)Number(root, "maxConcurrency"),
            },
        };

    private static WebhookSecret[] ReadSecrets(JsonElement root) => [.. Texts(root, "secrets").Select(WebhookSecret.Parse)];

    private static KeyValuePair<string, string>[] ReadHeaders(JsonElement root) =>
        [.. Texts(root, "headers").Chunk(2).Select(static pair => KeyValuePair.Create(pair[0], pair[1]))];

    private static IWebhookSigner ReadSigner(JsonElement signer) =>
        WebhookSigner.Create(ReadName<WebhookSignatureScheme>(signer, "scheme"), [.. Texts(signer, "keys")]).WithHeader(RequiredText(signer, "header"));

    private static RetrySchedule ReadSchedule(JsonElement schedule) => schedule.ValueKind == JsonValueKind.String
        ? Known(RetrySchedule.Find(schedule.GetString()!), "schedule", schedule.GetString()!)
        : ReadDelays(schedule);

    private static RetrySchedule ReadDelays(JsonElement schedule) => RetrySchedule
        .Of(Items(schedule, "delays").Select(static delay => TimeSpan.FromTicks(delay.GetInt64())))
        .WithJitter(Required(schedule, "jitter").GetDouble());

    private static WebhookLimits ReadLimits(JsonElement limits) => new()
    {
        AttemptTimeout = Number(limits, "attemptTimeout") is { } timeout ? TimeSpan.FromTicks(timeout) : null,
        MaxRequestBodySize = (int?)Number(limits, "maxRequestBodySize"),
        MaxConcurrency = (int?)Number(limits, "maxConcurrency"),
        MaxWait = RequiredTime(limits, "maxWait"),
        Rate = Member(limits, "rate") is { } rate
            ? new WebhookRate(Required(rate, "attempts").GetInt32(), RequiredTime(rate, "period")) { Burst = Required(rate, "burst").GetInt32() }
            : null,
        CircuitBreaker = Member(limits, "circuitBreaker") is { } breaker
            ? new WebhookCircuitBreaker
            {
                FailureRatio = Required(breaker, "failureRatio").GetDouble(),
                MinimumThroughput = Required(breaker, "minimumThroughput").GetInt32(),
                SamplingDuration = RequiredTime(breaker, "samplingDuration"),
                BreakDuration = RequiredTime(breaker, "breakDuration"),
            }
            : null,
    };

    private static WebhookResponseRule ReadRule(JsonElement rule) => new()
    {
        SuccessStatuses = [.. Items(rule, "successStatuses").Select(static status => status.GetInt32())],
        Statuses = Items(rule, "statuses").ToDictionary(static each => Required(each, "status").GetInt32(), static each => ReadName<WebhookVerdict>(each, "verdict")),
        Body = [.. Items(rule, "body").Select(static body => WebhookBodyRule.Restore(
            Text(body, "path"), RequiredText(body, "value"), ReadName<WebhookVerdict>(body, "verdict"), Flag(body, "demanded"), Flag(body, "onSuccess")))],
        WaitHeaders = [.. Texts(rule, "waitHeaders")],
        WaitMember = Text(rule, "waitMember"),
    };

    private static T ReadName<T>(JsonElement element, string member)
        where T : struct, Enum
    {
        string name = RequiredText(element, member);

        // Not by a number, which names nothing.
        return Enum.GetNames<T>().Contains(name, StringComparer.Ordinal) ? Enum.Parse<T>(name) : throw Unknown(member, name);
    }

    private static T Known<T>(T? found, string kind, string name)
        where T : class => found ?? throw Unknown(kind, name);

    private static InvalidDataException Unknown(string kind, string name) => new($"The endpoint's {kind} '{name}' is not known; update the application.");

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static JsonElement Required(JsonElement element, string name) =>
        Member(element, name) ?? throw new InvalidDataException($"The stored endpoint has no member '{name}'.");

    private static string RequiredText(JsonElement element, string name) => Required(element, name).GetString()!;

    private static TimeSpan RequiredTime(JsonElement element, string name) => TimeSpan.FromTicks(Required(element, name).GetInt64());

    // Of what is not there, the default: it has no items.
    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) => Member(element, name)?.EnumerateArray() ?? default;

    private static IEnumerable<string> Texts(JsonElement element, string name) => Items(element, name).Select(static text => text.GetString()!);

    private static string? Text(JsonElement element, string name) => Member(element, name)?.GetString();

    private static long? Number(JsonElement element, string name) => Member(element, name)?.GetInt64();

    private static bool Flag(JsonElement element, string name) => Member(element, name)?.GetBoolean() ?? false;
}
