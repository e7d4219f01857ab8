using System;
using System.Collections.Generic;

namespace Webhooks.Sdk;

/// <summary>
/// Says how webhooks are sent: how often, how long, how much, and to whom they may go.
/// </summary>
/// <remarks>
/// <para>
/// Bindable from configuration. Validated when the host starts, or at first use where there is none. Changes are seen by the next send,
/// except those of the address rules, the proxy and <see cref="ConnectTimeout"/>, which are read once, when the first connection is made.
/// </para>
/// <para>
/// <b>Who is trusted.</b> A URL may come from a stranger, so that by default a request goes to public addresses only: loopback, private, link-local, shared,
/// multicast, reserved and documentation ranges are refused, as is what stands for them in IPv6 (mapped, NAT64, 6to4, Teredo). Every address that a
/// name resolves to is judged, and the one that was judged is the one that is dialled, so that a name which changes its address in between gains nothing. The
/// result is <see cref="WebhookFailure.BlockedAddress"/>, and nothing was sent. Trusted, and not judged, are addresses of the operator's own: those of
/// <c>AddSkalin</c> and <c>AddHarmony</c>, and endpoints whose <see cref="WebhookEndpointOptions.Trusted"/> is set. Internal receivers that subscribers
/// may name are opened by <see cref="AllowedHosts"/>, <see cref="AllowedNetworks"/> and <see cref="AllowedPorts"/>; behind a proxy, set <see cref="Proxy"/>.
/// </para>
/// <para>
/// <b>What a receiver can make us do.</b> Wait, for <see cref="AttemptTimeout"/> at most; read, <see cref="MaxResponseBodySize"/> bytes at most; try again,
/// <see cref="MaxAttempts"/> times at most, and never sooner than it likes. Not: follow a redirect, keep a cookie, decompress a body, speak to another host,
/// see a credential that is not meant for it, or slow other endpoints down.
/// </para>
/// </remarks>
public sealed class WebhookOptions
{
    /// <summary>
    /// Gets or sets the most HTTP requests made for one direct send, the first included.
    /// </summary>
    /// <value>
    /// The default value is 3. Must be from 1 to 100. Set it to 1 where another handler retries.
    /// </value>
    public int MaxAttempts { get; set; } = RetrySchedule.Immediate.MaxAttempts;

    /// <summary>
    /// Gets or sets how long one attempt may take, from looking up the name to the last byte that is read of the answer.
    /// </summary>
    /// <value>
    /// The default value is 15 seconds. Must be from 100 milliseconds to 10 minutes.
    /// </value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Gets or sets how long looking up the receiver's name and connecting to it may take. A receiver that is not connected to in
    /// this time got nothing, so such an attempt is always safe to repeat.
    /// </summary>
    /// <value>
    /// The default value is 5 seconds. Must be from 100 milliseconds to 10 minutes.
    /// </value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets the most bytes that a body may have. A larger one is not sent.
    /// </summary>
    /// <value>
    /// The default value is 1 MiB (1,048,576). Must be from 1 to 1,073,741,824.
    /// </value>
    public int MaxRequestBodySize { get; set; } = 1024 * 1024;

    /// <summary>
    /// Gets or sets the most bytes that are read of a receiver's answer; the rest is never read.
    /// </summary>
    /// <value>
    /// The default value is 16 KiB (16,384). Must be from 0 to 1,048,576. What a response rule looks for beyond it makes the answer
    /// <see cref="WebhookFailure.Undecided"/>.
    /// </value>
    public int MaxResponseBodySize { get; set; } = 16 * 1024;

    /// <summary>
    /// Gets or sets the value of the <c>User-Agent</c> header of requests that set none themselves.
    /// </summary>
    /// <value>
    /// The default value is <c>Webhooks.Sdk</c> and its version. Empty or null sends no such header.
    /// </value>
    public string? UserAgent { get; set; } = DefaultUserAgent;

    /// <summary>
    /// Gets or sets whether loopback addresses (127.0.0.0/8 and ::1) may be called.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>. Meant for development and tests.
    /// </value>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// Gets the address ranges that may be called although they are not public, as CIDR text (<c>10.20.0.0/16</c>, <c>fd00:12::/32</c>).
    /// </summary>
    /// <value>
    /// Empty by default.
    /// </value>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>
    /// Gets the host names that may be called whatever address they resolve to (<c>crm.internal</c>), compared without regard to case.
    /// </summary>
    /// <value>
    /// Empty by default. Each entry is a whole host name; there are no wildcards.
    /// </value>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>
    /// Gets the ports that may be called. The operator's own endpoints (trusted ones) are not restricted by it.
    /// </summary>
    /// <value>
    /// Empty by default: any port may be called. Each must be from 1 to 65,535.
    /// </value>
    public IList<int> AllowedPorts { get; } = [];

    /// <summary>
    /// Gets or sets whether customers who subscribe by HTTP (<c>MapWebhookSubscriptions</c> of Webhooks.Sdk.AspNetCore) may name <c>http</c> URLs.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>: <c>https</c> only. Meant for development and tests. What the operator's own code subscribes may be
    /// <c>http</c> anyway.
    /// </value>
    public bool AllowHttpSubscriptions { get; set; }

    /// <summary>
    /// Gets or sets the proxy that requests go through, for example <c>http://proxy.corp.example:3128</c>.
    /// </summary>
    /// <value>
    /// Null by default: no proxy is used, and those that the environment names (<c>HTTP_PROXY</c> and the like) are not either.
    /// With a proxy the receiver's name is resolved and judged here before the request is handed to it.
    /// </value>
    public Uri? Proxy { get; set; }

    private static string DefaultUserAgent { get; } =
        $"Webhooks.Sdk/{typeof(WebhookOptions).Assembly.GetName().Version?.ToString(3)}";
}
