using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// The spans and the metrics of the SDK.
/// </summary>
/// <remarks>
/// Scheme, host and port are told of a receiver, and never its path, its query, a header or a body. Without a listener nothing is made. Safe for use by many
/// threads.
/// </remarks>
internal sealed class WebhookTelemetry
{
    private static readonly string? Version = typeof(WebhookTelemetry).Assembly.GetName().Version?.ToString(3);

    private static readonly ActivitySource Source = new(TelemetryNames.Source, Version);

    private readonly TimeProvider _timeProvider;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _attemptDuration;
    private readonly UpDownCounter<long> _activeAttempts;
    private readonly Counter<long> _pacedAttempts;
    private readonly Counter<long> _circuitOpenAttempts;

    public WebhookTelemetry(IMeterFactory meters, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        Meter meter = meters.Create(new MeterOptions(TelemetryNames.Source) { Version = Version });
        _deliveries = meter.CreateCounter<long>(TelemetryNames.Deliveries, "{delivery}", "Sends that have ended, whatever came of them.");
        _attemptDuration = meter.CreateHistogram(
            TelemetryNames.AttemptDuration,
            "s",
            "How long attempts took, until the answer was read.",
            tags: null,

            // Those that the conventions advise for http.client.request.duration, and the attempt's default time-out.
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15] });
        _activeAttempts = meter.CreateUpDownCounter<long>(TelemetryNames.ActiveAttempts, "{attempt}", "Attempts under way.");
        _pacedAttempts = meter.CreateCounter<long>(
            TelemetryNames.PacedAttempts, "{attempt}", "Attempts that were not made because the endpoint's limits gave them no turn.");
        _circuitOpenAttempts = meter.CreateCounter<long>(
            TelemetryNames.CircuitOpenAttempts, "{attempt}", "Attempts that were not made because the endpoint's circuit breaker was open.");
    }

    /// <summary>Gets whether anybody listens to sends as spans.</summary>
    public static bool IsTraced => Source.HasListeners();

    /// <summary>Gets whether anybody listens to attempts.</summary>
    public bool IsObserved => Source.HasListeners() || _attemptDuration.Enabled || _activeAttempts.Enabled;

    /// <summary>Begins the span of a send.</summary>
    /// <returns>Null when nobody wants it.</returns>
    public static Activity? StartSend(WebhookRequest request)
    {
        Activity? span = Source.StartActivity(TelemetryNames.SendSpan, ActivityKind.Producer);

        if (span is { IsAllDataRequested: true })
        {
            span.DisplayName = request.EventType is { } type ? $"send {type}" : "send webhook";
            Describe(span, request, request.Endpoint);
        }

        return span;
    }

    /// <summary>Ends the span of a send.</summary>
    /// <param name="span">What <see cref="StartSend"/> returned.</param>
    /// <param name="result">What came of it; null when it was cancelled.</param>
    public static void EndSend(Activity? span, WebhookResult? result)
    {
        if (span is { IsAllDataRequested: true })
        {
            if (result is not null)
            {
                span.SetTag(TelemetryNames.Attempts, result.Attempts.Count);
            }

            DescribeEnd(span, result?.Failure, result?.StatusCode);
        }

        span?.Dispose();
    }

    /// <summary>Counts a send that has ended.</summary>
    public void Settled(WebhookRequest request, WebhookResult result)
    {
        if (_deliveries.Enabled)
        {
            TagList tags = NamesOf(request, request.Endpoint);
            tags.Add(TelemetryNames.Outcome, OutcomeOf(result.Failure));
            _deliveries.Add(1, tags);
        }
    }

    /// <summary>Begins to observe an attempt. Called where <see cref="IsObserved"/>.</summary>
    public AttemptObservation StartAttempt(WebhookRequest request, WebhookEndpoint? endpoint, int number)
    {
        // A link and no parent: retries go on for days after the trace has ended.
        Activity? span = Source.StartActivity(TelemetryNames.AttemptSpan, ActivityKind.Client, parentContext: default, tags: null, links: LinksOf(request));

        if (span is { IsAllDataRequested: true })
        {
            span.DisplayName = request.Method.Method;
            span.SetTag(TelemetryNames.RequestMethod, request.Method.Method);
            span.SetTag(TelemetryNames.AttemptNumber, number);

            if (number > 1)
            {
                span.SetTag(TelemetryNames.ResendCount, number - 1);
            }

            Describe(span, request, endpoint);
        }

        bool isCounted = _activeAttempts.Enabled;

        if (isCounted)
        {
            _activeAttempts.Add(1, ReceiverOf(request));
        }

        return new AttemptObservation(span, _timeProvider.GetTimestamp(), isCounted);
    }

    /// <summary>Ends the observation of an attempt.</summary>
    /// <param name="observation">What <see cref="StartAttempt"/> returned.</param>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">Its endpoint, or null.</param>
    /// <param name="attempt">How it ended; null when it was cancelled.</param>
    public void EndAttempt(AttemptObservation observation, WebhookRequest request, WebhookEndpoint? endpoint, WebhookAttempt? attempt)
    {
        if (observation.IsCounted)
        {
            _activeAttempts.Add(-1, ReceiverOf(request));
        }

        if (_attemptDuration.Enabled)
        {
            TagList tags = ReceiverOf(request);

            if (endpoint?.Name is { } name)
            {
                tags.Add(TelemetryNames.EndpointName, name);
            }

            if (attempt?.StatusCode is { } status)
            {
                tags.Add(TelemetryNames.StatusCode, status);
            }

            if (ErrorOf(attempt?.Failure, attempt?.StatusCode) is { } error)
            {
                tags.Add(TelemetryNames.ErrorType, error);
            }

            _attemptDuration.Record(_timeProvider.GetElapsedTime(observation.Started).TotalSeconds, tags);
        }

        if (observation.Span is { IsAllDataRequested: true } span)
        {
            DescribeEnd(span, attempt?.Failure, attempt?.StatusCode);
        }

        observation.Span?.Dispose();
    }

    /// <summary>Counts an attempt that was not made.</summary>
    public void AttemptWithheld(WebhookRequest request, WebhookEndpoint endpoint, WebhookFailure failure)
    {
        Counter<long> counter = failure == WebhookFailure.CircuitOpen ? _circuitOpenAttempts : _pacedAttempts;

        if (counter.Enabled)
        {
            counter.Add(1, NamesOf(request, endpoint));
        }
    }

    private static ActivityLink[]? LinksOf(WebhookRequest request) =>
        request.TraceParent is { } traceParent && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out ActivityContext context)
            ? [new ActivityLink(context)]
            : null;

    private static void Describe(Activity span, WebhookRequest request, WebhookEndpoint? endpoint)
    {
        span.SetTag(TelemetryNames.ServerAddress, request.Url.IdnHost);
        span.SetTag(TelemetryNames.ServerPort, request.Url.Port);
        span.SetTag(TelemetryNames.UrlScheme, request.Url.Scheme);

        foreach (KeyValuePair<string, object?> tag in NamesOf(request, endpoint))
        {
            span.SetTag(tag.Key, tag.Value);
        }
    }

    private static void DescribeEnd(Activity span, WebhookFailure? failure, int? statusCode)
    {
        span.SetTag(TelemetryNames.Outcome, OutcomeOf(failure));

        if (statusCode is not null)
        {
            span.SetTag(TelemetryNames.StatusCode, statusCode);
        }

        if (ErrorOf(failure, statusCode) is { } error)
        {
            span.SetTag(TelemetryNames.ErrorType, error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // As the conventions have it: the status where the receiver gave one that is an error, else a name of few values.
    private static string? ErrorOf(WebhookFailure? failure, int? statusCode) => failure switch
    {
        WebhookFailure.None => null,
        _ when statusCode >= 300 => statusCode.Value.ToString(CultureInfo.InvariantCulture),
        _ => OutcomeOf(failure),
    };

    private static string OutcomeOf(WebhookFailure? failure) => failure switch
    {
        null => "Cancelled",
        WebhookFailure.None => "Succeeded",
        _ => failure.Value.ToString(),
    };

    private static TagList ReceiverOf(WebhookRequest request) => new()
    {
        { TelemetryNames.RequestMethod, request.Method.Method },
        { TelemetryNames.ServerAddress, request.Url.IdnHost },
        { TelemetryNames.ServerPort, request.Url.Port },
        { TelemetryNames.UrlScheme, request.Url.Scheme },
    };

    private static TagList NamesOf(WebhookRequest request, WebhookEndpoint? endpoint)
    {
        var tags = default(TagList);

        if (endpoint?.Name is { } name)
        {
            tags.Add(TelemetryNames.EndpointName, name);
        }

        if (request.EventType is { } type)
        {
            tags.Add(TelemetryNames.EventType, type);
        }

        return tags;
    }
}
