using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Webhooks.Sdk.Outbox;

/// <content>The endpoint as it is written: version 2.</content>
internal static partial class StoredSettings
{
    private static void WriteEndpoint(Utf8JsonWriter writer, WebhookEndpoint endpoint)
    {
        // A preset of the user's own is known by nobody who reads this: what it sets is written as if the endpoint had set it.
        WebhookPreset preset = WebhookPresets.All.Contains(endpoint.Preset) ? endpoint.Preset : WebhookPresets.Default;

        writer.WriteStartObject();
        writer.WriteNumber("v", FormatVersion);
        writer.WriteString("url", endpoint.Url.OriginalString);
        WriteFlag(writer, "opaque", StoredUrl.IsOpaque(endpoint.Url));
        WriteText(writer, "preset", preset == WebhookPresets.Default ? null : preset.Name);
        WriteTexts(writer, "secrets", endpoint.Secrets.Select(static secret => secret.Reveal()));
        WriteSigners(writer, endpoint.Signers);
        WriteTexts(writer, "headers", endpoint.Headers.SelectMany(static header => new[] { header.Key, header.Value }));
        WriteCredential(writer, endpoint.Credential);
        WriteText(writer, "format", endpoint.Format == preset.Format ? null : endpoint.Format.Name);
        WriteText(writer, "source", endpoint.Source);
        WriteText(writer, "requestOrigin", endpoint.RequestOrigin);
        WriteFlag(writer, "traceContext", endpoint.PropagateTraceContext);
        WriteFlag(writer, "ordered", endpoint.Ordered);
        WriteNumber(writer, "setAsideAfter", endpoint.SetAsideAfter);
        WriteSchedule(writer, endpoint.Schedule == preset.Schedule ? null : endpoint.Schedule);
        WriteIdempotencyHeader(writer, endpoint.IdempotencyHeader == preset.IdempotencyHeader ? null : endpoint.IdempotencyHeader);
        WriteLimits(writer, endpoint.Limits == preset.Limits ? null : endpoint.Limits);
        WriteRule(writer, endpoint.Rule == preset.Rule ? null : endpoint.Rule);
        writer.WriteEndObject();
    }

    private static void WriteSigners(Utf8JsonWriter writer, IReadOnlyList<IWebhookSigner> signers)
    {
        if (signers.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("signers");

        foreach (WebhookSigner signer in signers.Cast<WebhookSigner>())
        {
            writer.WriteStartObject();
            writer.WriteString("scheme", signer.Scheme.ToString());
            writer.WriteString("header", signer.Header);
            WriteTexts(writer, "keys", signer.RevealKeys());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteCredential(Utf8JsonWriter writer, WebhookCredential? credential)
    {
        if (credential is null)
        {
            return;
        }

        writer.WriteStartObject("credential");
        writer.WriteString("kind", credential.Kind);
        WriteText(writer, "header", credential.HeaderName);
        WriteText(writer, "value", credential.HeaderValue);
        WriteText(writer, "query", credential.QueryPair);
        writer.WriteEndObject();
    }

    private static void WriteSchedule(Utf8JsonWriter writer, RetrySchedule? schedule)
    {
        if (schedule is null)
        {
            return;
        }

        if (RetrySchedule.Named.FirstOrDefault(named => named.Value == schedule).Key is { } name)
        {
            writer.WriteString("schedule", name);
            return;
        }

        writer.WriteStartObject("schedule");
        writer.WriteStartArray("delays");

        foreach (TimeSpan delay in schedule.Delays)
        {
            writer.WriteNumberValue(delay.Ticks);
        }

        writer.WriteEndArray();
        writer.WriteNumber("jitter", schedule.Jitter);
        writer.WriteEndObject();
    }

    private static void WriteIdempotencyHeader(Utf8JsonWriter writer, WebhookIdempotencyHeader? header)
    {
        if (header is null)
        {
            return;
        }

        writer.WriteStartObject("idempotencyHeader");
        writer.WriteString("name", header.Name);
        WriteFlag(writer, "uuid", header.IsUuid);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, WebhookLimits? limits)
    {
        if (limits is null)
        {
            return;
        }

        writer.WriteStartObject("limits");
        WriteNumber(writer, "attemptTimeout", limits.AttemptTimeout?.Ticks);
        WriteNumber(writer, "maxRequestBodySize", limits.MaxRequestBodySize);
        WriteNumber(writer, "maxConcurrency", limits.MaxConcurrency);
        writer.WriteNumber("maxWait", limits.MaxWait.Ticks);

        if (limits.Rate is { } rate)
        {
            writer.WriteStartObject("rate");
            writer.WriteNumber("attempts", rate.Attempts);
            writer.WriteNumber("period", rate.Period.Ticks);
            writer.WriteNumber("burst", rate.Burst);
            writer.WriteEndObject();
        }

        if (limits.CircuitBreaker is { } breaker)
        {
            writer.WriteStartObject("circuitBreaker");
            writer.WriteNumber("failureRatio", breaker.FailureRatio);
            writer.WriteNumber("minimumThroughput", breaker.MinimumThroughput);
            writer.WriteNumber("samplingDuration", breaker.SamplingDuration.Ticks);
            writer.WriteNumber("breakDuration", breaker.BreakDuration.Ticks);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, WebhookResponseRule? rule)
    {
        if (rule is null)
        {
            return;
        }

        writer.WriteStartObject("rule");
        writer.WriteStartArray("successStatuses");

        foreach (int status in rule.SuccessStatuses.Order())
        {
            writer.WriteNumberValue(status);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("statuses");

        foreach ((int status, WebhookVerdict verdict) in rule.Statuses.OrderBy(static pair => pair.Key))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", status);
            writer.WriteString("verdict", verdict.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("body");

        foreach (WebhookBodyRule body in rule.Body)
        {
            (string? path, string value, WebhookVerdict verdict, bool isDemanded, bool isForSuccess) = body.Parts;
            writer.WriteStartObject();
            WriteText(writer, "path", path);
            writer.WriteString("value", value);
            writer.WriteString("verdict", verdict.ToString());
            WriteFlag(writer, "demanded", isDemanded);
            WriteFlag(writer, "onSuccess", isForSuccess);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("waitHeaders");

        foreach (string header in rule.WaitHeaders)
        {
            writer.WriteStringValue(header);
        }

        writer.WriteEndArray();
        WriteText(writer, "waitMember", rule.WaitMember);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);

        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool value)
    {
        if (value)
        {
            writer.WriteBoolean(name, value);
        }
    }
}
