namespace Webhooks.Sdk.Telemetry;

/// <summary>
/// The names that spans, metrics and their attributes have: a contract, as dashboards and alerts are built on them.
/// </summary>
/// <remarks>
/// Those of OpenTelemetry's semantic conventions for HTTP (stable since 1.23, https://opentelemetry.io/docs/specs/semconv/http/) where there is one, and
/// <c>webhooks.</c> names otherwise. None holds a path, a query or a secret.
/// </remarks>
internal static class TelemetryNames
{
    public const string Source = "Webhooks.Sdk";

    public const string SendSpan = "Webhooks.Sdk.Send";
    public const string AttemptSpan = "Webhooks.Sdk.Attempt";

    public const string Deliveries = "webhooks.deliveries";
    public const string AttemptDuration = "webhooks.attempt.duration";
    public const string ActiveAttempts = "webhooks.attempt.active";
    public const string PacedAttempts = "webhooks.attempt.paced";
    public const string CircuitOpenAttempts = "webhooks.attempt.circuit_open";

    public const string RequestMethod = "http.request.method";
    public const string ResendCount = "http.request.resend_count";
    public const string StatusCode = "http.response.status_code";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string UrlScheme = "url.scheme";
    public const string ErrorType = "error.type";
    public const string EndpointName = "webhooks.endpoint.name";
    public const string EventType = "webhooks.event.type";
    public const string AttemptNumber = "webhooks.attempt.number";
    public const string Attempts = "webhooks.attempts";
    public const string Outcome = "webhooks.outcome";
}
