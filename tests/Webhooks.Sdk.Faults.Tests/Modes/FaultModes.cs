using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Faults.Tests.Modes;

/// <summary>
/// Every way of failing that the suite knows.
/// </summary>
internal static class FaultModes
{
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(50);

    public static IReadOnlyList<FaultMode> All { get; } =
    [
        .. Statuses(WebhookFailure.None, 200, 201, 202, 203, 204, 205, 206, 226, 299),
        .. Statuses(WebhookFailure.Rejected, 300, 301, 302, 303, 304, 305, 306, 307, 308, 399),
        .. Statuses(
            WebhookFailure.Rejected,
            400, 401, 402, 403, 404, 405, 406, 407, 409, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 426, 428, 431, 451, 499),
        .. Statuses(WebhookFailure.Gone, 410),
        .. Statuses(WebhookFailure.Throttled, 429),
        .. Statuses(WebhookFailure.ReceiverFailed, 408, 425, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 599),
        .. Breaks,
        .. Slow.Select(static mode => mode with { TakesAllItsTime = true }),
        .. Endless,
        .. Malformed,
        .. Detours,
        .. Tls,
    ];

    // The request was written before the receiver broke off: whether it arrived is unknown, however early that was. Only an end that comes
    // before the first byte is written shows that it did not.
    private static IEnumerable<FaultMode> Breaks =>
    [
        .. Broken("reset", ReceiverAnswer.Reset),
        .. Broken("close", ReceiverAnswer.Close),
        new("reset within the body", ReceiverAnswer.Reset(ReceiverStage.WithinBody), WebhookFailure.None, 200),
        new("close within the body", ReceiverAnswer.Close(ReceiverStage.WithinBody), WebhookFailure.None, 200),
        new("close after the answer", ReceiverAnswer.Close(ReceiverStage.AfterAnswer), WebhookFailure.None, 200),
    ];

    private static IEnumerable<FaultMode> Slow =>
    [
        new("silence from the acceptance on", Fine.SilentAt(ReceiverStage.OnAccept), WebhookFailure.TimedOut),
        new("silence after the request", ReceiverAnswer.Silence(), WebhookFailure.TimedOut),
        new("silence after the status line", Fine.SilentAt(ReceiverStage.AfterStatusLine), WebhookFailure.TimedOut),
        new("silence within the headers", Fine.SilentAt(ReceiverStage.WithinHeaders), WebhookFailure.TimedOut),
        new("silence within the body", Fine.SilentAt(ReceiverStage.WithinBody), WebhookFailure.None, 200),
        new("silence within the body of a 503", Text(503).SilentAt(ReceiverStage.WithinBody), WebhookFailure.ReceiverFailed, 503),
        new("headers that drip", Fine.DripHeaders(Drip), WebhookFailure.TimedOut),
        new("a body that drips", Fine.DripBody(Drip), WebhookFailure.None, 200),
        new("an endless body that drips", ReceiverAnswer.Status(200).WithEndlessBody().DripBody(Drip), WebhookFailure.None, 200),
        new("interim answers that drip", ReceiverAnswer.Status(200).WithEndlessInterim(102).DripHeaders(Drip), WebhookFailure.TimedOut),
        new("another protocol", ReceiverAnswer.SwitchingProtocols("websocket"), WebhookFailure.Rejected, 101),
        new("an answer after an hour", Fine.After(TimeSpan.FromHours(1)), WebhookFailure.TimedOut),
    ];

    private static IEnumerable<FaultMode> Endless =>
    [
        new("an endless body", ReceiverAnswer.Status(200).WithEndlessBody(), WebhookFailure.None, 200),
        new("an endless body of a 500", ReceiverAnswer.Status(500).WithEndlessBody(), WebhookFailure.ReceiverFailed, 500),
        new("an endless body without chunks", ReceiverAnswer.Status(200).WithEndlessBody().AsHttp10(), WebhookFailure.None, 200),
        new("a gzip bomb of 1 GiB", ReceiverAnswer.Status(200).WithGzipBomb(1L << 30), WebhookFailure.None, 200),
        new("headers without end", ReceiverAnswer.Status(200).WithEndlessHeaders(), WebhookFailure.ConnectionLost),
        new("one header of 1 MiB", ReceiverAnswer.Status(200).WithHeader("X-Bomb", new string('x', 1 << 20)), WebhookFailure.ConnectionLost),
        new("interim answers without end", ReceiverAnswer.Status(200).WithEndlessInterim(103), WebhookFailure.ConnectionLost),
    ];

    private static IEnumerable<FaultMode> Malformed =>
    [
        new("a length that is too long", Text(200).WithContentLength(100), WebhookFailure.None, 200),
        new("a length that is too short", Text(200).WithContentLength(1), WebhookFailure.None, 200),
        new("a length that is absurd", Raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nx"), WebhookFailure.None, 200),
        new("a length that is negative", Raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx"), WebhookFailure.None, 200),
        new("two lengths", Raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy"), WebhookFailure.None, 200),
        new("chunks that are none", Text(200).WithBadChunking(), WebhookFailure.None, 200),
        new("chunks of a 503 that are none", Text(503).WithBadChunking(), WebhookFailure.ReceiverFailed, 503),
        new("a charset that nobody knows", ReceiverAnswer.Status(200).WithText("x", "text/plain; charset=klingon"), WebhookFailure.None, 200),
        new("a media type that is none", ReceiverAnswer.Status(200).WithText("x", ";;;"), WebhookFailure.None, 200),
        new("text that is not UTF-8", ReceiverAnswer.Status(200).WithBody(new byte[] { 0xff, 0xc3, 0x28, 0 }, "application/json"), WebhookFailure.None, 200),
        new("a gzip body that is none", Text(200).WithHeader("Content-Encoding", "gzip"), WebhookFailure.None, 200),
        new("bytes that are no HTTP", ReceiverAnswer.Garbage(), WebhookFailure.ConnectionLost),
        new("a greeting of another protocol", ReceiverAnswer.Greeting(), WebhookFailure.ConnectionLost),
        new("a status that is no number", Raw("HTTP/1.1 abc OK\r\n\r\n"), WebhookFailure.ConnectionLost),
        new("a status of two digits", Raw("HTTP/1.1 20 OK\r\n\r\n"), WebhookFailure.ConnectionLost),
        new("a status of 999", Raw("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"), WebhookFailure.ReceiverFailed, 999),
        new("a status of 0", Raw("HTTP/1.1 000 Odd\r\nContent-Length: 0\r\n\r\n"), WebhookFailure.Rejected, 0),
        new("HTTP/0.9", Raw("hello"), WebhookFailure.ConnectionLost),
        new("HTTP/2's preface", Raw("\0\0\u0012\u0004\0\0\0\0\0"), WebhookFailure.ConnectionLost),
        new("headers with a bare line feed", Raw("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"), WebhookFailure.None, 200),
        new("a header without a colon", Raw("HTTP/1.1 200 OK\r\nNonsense\r\n\r\n"), WebhookFailure.ConnectionLost),
    ];

    private static IEnumerable<FaultMode> Detours =>
    [
        new("a redirect to loopback", ReceiverAnswer.Redirect("http://127.0.0.1:1/"), WebhookFailure.Rejected, 302),
        new("a redirect to the cloud's metadata", ReceiverAnswer.Redirect("http://169.254.169.254/latest/", 307), WebhookFailure.Rejected, 307),
        new("a redirect to a file", ReceiverAnswer.Redirect("file:///etc/passwd", 301), WebhookFailure.Rejected, 301),
        new("a redirect to nonsense", ReceiverAnswer.Redirect("http://[", 308), WebhookFailure.Rejected, 308),
        new("a redirect to itself", ReceiverAnswer.RedirectToItself(302), WebhookFailure.Rejected, 302),
        new("a redirect without a target", ReceiverAnswer.Status(302), WebhookFailure.Rejected, 302),
        new("two interim answers first", Text(200).WithInterim(102).WithInterim(103), WebhookFailure.None, 200),
        new("a 100 that nobody expects", Raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), WebhookFailure.None, 200),
        new("the wish to be disabled", ReceiverAnswer.Status(500).WithHeader("webhook-delivery", "disable"), WebhookFailure.Disabled, 500),
        new("the wish to drop the message", ReceiverAnswer.Status(500).WithHeader("webhook-delivery", "abort-message"), WebhookFailure.Rejected, 500),
    ];

    private static IEnumerable<FaultMode> Tls =>
    [
        new("TLS that is fine", Text(200), WebhookFailure.None, 200, ReceiverCertificate.Valid),
        new("a certificate issued by itself", Text(200), WebhookFailure.NotReceived, null, ReceiverCertificate.SelfSigned),
        new("a certificate that is over", Text(200), WebhookFailure.NotReceived, null, ReceiverCertificate.Expired),
        new("a certificate for another host", Text(200), WebhookFailure.NotReceived, null, ReceiverCertificate.WrongHost),
        new("a certificate of a stranger", Text(200), WebhookFailure.NotReceived, null, ReceiverCertificate.Valid, TrustsAuthority: false),
        NoHandshake("a reset", ReceiverAnswer.Reset(ReceiverStage.OnAccept)),
        NoHandshake("a close", ReceiverAnswer.Close(ReceiverStage.OnAccept)),
        NoHandshake("silence", Fine.SilentAt(ReceiverStage.OnAccept)) with { TakesAllItsTime = true },
        NoHandshake("plain text", ReceiverAnswer.Greeting()),
        new("a reset after the handshake", ReceiverAnswer.Reset(ReceiverStage.AfterRequestBody), WebhookFailure.ConnectionLost, null, ReceiverCertificate.Valid),
        new("a close within the headers, by TLS", ReceiverAnswer.Close(ReceiverStage.WithinHeaders), WebhookFailure.ConnectionLost, null, ReceiverCertificate.Valid),
    ];

    private static ReceiverAnswer Fine => Text(200);

    private static ReceiverAnswer Text(int statusCode) => ReceiverAnswer.Status(statusCode).WithText("some text, long enough to break off", "text/plain");

    private static ReceiverAnswer Raw(string answer) => ReceiverAnswer.Raw(answer);

    private static FaultMode NoHandshake(string what, ReceiverAnswer answer) =>
        new($"{what} in place of a handshake", answer, WebhookFailure.NotReceived, null, ReceiverCertificate.Valid, TrustsAuthority: false);

    private static IEnumerable<FaultMode> Statuses(WebhookFailure failure, params IEnumerable<int> statusCodes) => statusCodes.Select(
        statusCode => new FaultMode(
            string.Create(CultureInfo.InvariantCulture, $"status {statusCode}"), ReceiverAnswer.Status(statusCode), failure, statusCode));

    private static IEnumerable<FaultMode> Broken(string ending, Func<ReceiverStage, ReceiverAnswer> at) =>
        Enum.GetValues<ReceiverStage>()
            .Where(static stage => stage < ReceiverStage.AfterHeaders)
            .Select(stage => new FaultMode($"{ending} at {stage}", at(stage), WebhookFailure.ConnectionLost)
            {
                OrElse = stage == ReceiverStage.OnAccept ? WebhookFailure.NotReceived : null,
            });
}
