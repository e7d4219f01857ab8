using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// A receiver of webhooks for tests: listens on a loopback socket, records every request to the byte, and answers as it is told to, properly or
/// in any way that a receiver on the internet might fail.
/// </summary>
/// <remarks>
/// <para>
/// It answers 200 until it is told otherwise. Give it its script before the requests come; each request takes the next answer, and the last
/// answer is given to all that follow. Thread-safe.
/// </para>
/// <para>
/// Disposing it ends every connection and waits for them; it throws what a function of the script threw, unless the test has seen it before.
/// It needs no test framework and no web framework. The SDK calls a loopback address only where that is allowed
/// (<see cref="WebhookOptions.AllowLoopback"/>).
/// </para>
/// </remarks>
/// <example>
/// <code>
/// await using WebhookReceiver receiver = WebhookReceiver.Start();
/// receiver.Answers(503).Then(ReceiverAnswer.Status(200).WithJson("""{"ok":true}"""));
///
/// using ServiceProvider services = new ServiceCollection()
///     .AddWebhooks(options => options.AllowLoopback = true).Services
///     .BuildServiceProvider();
/// IWebhookClient webhooks = services.GetRequiredService&lt;IWebhookClient&gt;();
/// WebhookResult result = await webhooks.SendAsync(WebhookRequest.Put(receiver.Url).WithJson(pairs).Build());
///
/// Assert.True(result.Succeeded);
/// IReadOnlyList&lt;ReceivedRequest&gt; requests = await receiver.WaitForRequestsAsync(2);
/// requests[1].AssertMethod("PUT").AssertHeader("Content-Type", "application/json").AssertJson("""{"name":"Ada"}""");
/// </code>
/// A slow receiver needs no clock: <c>receiver.Answers(ReceiverAnswer.Status(200).After(gate))</c> answers when the test opens the
/// <see cref="ReceiverGate"/>. With TLS, clients trust the receiver's own authority:
/// <code>
/// await using WebhookReceiver receiver = WebhookReceiver.Start(new() { Certificate = ReceiverCertificate.Valid });
/// services.AddWebhooks().HttpClient.ConfigurePrimaryHttpMessageHandler(receiver.CreateHandler);
/// </code>
/// </example>
public sealed partial class WebhookReceiver : IAsyncDisposable
{
    private readonly WebhookReceiverOptions _options;
    private readonly TestCertificates? _certificates;
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Tally _requestCount = new("requests");
    private readonly Tally _connectionCount = new("connections");
    private readonly Tally _endedCount = new("ends of connections");
    private readonly Task _accepting;
    private ImmutableList<ReceivedRequest> _requests = [];
    private volatile ReceiverScript _script = new(new ScriptTurn(ReceiverAnswer.Status(200)));
    private WebhookReceiverException? _failure;
    private int _isDisposed;

    private WebhookReceiver(WebhookReceiverOptions options)
    {
        _options = options;
        _certificates = options.Certificate == ReceiverCertificate.None ? null : TestCertificates.Create(options.Certificate);
        TlsOptions = _certificates?.CreateServerOptions();
        Stopping = _stop.Token;

        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();

        string scheme = TlsOptions is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/"));
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Gets the receiver's address, for example <c>http://127.0.0.1:49152/</c>. It answers on every path.</summary>
    public Uri Url { get; }

    /// <summary>Gets the requests so far, in the order in which they were read.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => Volatile.Read(ref _requests);

    /// <summary>Gets how many connections were accepted so far.</summary>
    public int Connections => _connectionCount.Count;

    /// <summary>
    /// Gets the certificate authority that issued the receiver's certificate, without its key; null when the receiver speaks plain HTTP.
    /// </summary>
    public X509Certificate2? Authority => _certificates?.Authority;

    internal CancellationToken Stopping { get; }

    internal TimeProvider TimeProvider => _options.TimeProvider;

    internal SslServerAuthenticationOptions? TlsOptions { get; }

    /// <summary>Starts a receiver on a free port of 127.0.0.1, without TLS.</summary>
    /// <returns>The receiver, which listens already.</returns>
    public static WebhookReceiver Start() => Start(new WebhookReceiverOptions());

    /// <summary>Starts a receiver on a free port of 127.0.0.1.</summary>
    /// <param name="options">How it listens.</param>
    /// <returns>The receiver, which listens already.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The certificate that the options ask for is not defined.</exception>
    public static WebhookReceiver Start(WebhookReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        return new(options);
    }

    /// <summary>Answers with a status from the next request on, in place of the script so far.</summary>
    /// <param name="statusCode">The status, from 200 to 999.</param>
    /// <returns>The new script, to add what comes after the first request.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    public ReceiverScript Answers(int statusCode) => Answers(ReceiverAnswer.Status(statusCode));

    /// <summary>Gives an answer from the next request on, in place of the script so far.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The new script, to add what comes after the first request.</returns>
    /// <exception cref="ArgumentException"><paramref name="answer"/> contradicts itself; the message says how.</exception>
    public ReceiverScript Answers(ReceiverAnswer answer) => _script = new ReceiverScript(new ScriptTurn(answer));

    /// <summary>Gives an answer that depends on the request, from the next one on, in place of the script so far.</summary>
    /// <inheritdoc cref="ReceiverScript.Then(Func{ReceivedRequest, ReceiverAnswer})"/>
    /// <returns>The new script, to add what comes after the first request.</returns>
    public ReceiverScript Answers(Func<ReceivedRequest, ReceiverAnswer> choose) => _script = new ReceiverScript(new ScriptTurn(choose));

    /// <summary>
    /// Makes a handler for <see cref="HttpClient"/> that trusts this receiver's <see cref="Authority"/>, and no other.
    /// </summary>
    /// <returns>
    /// A new handler, the caller's to dispose. As the primary handler of the SDK's client it takes the place of its own, address guard included.
    /// </returns>
    public SocketsHttpHandler CreateHandler()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };

        if (Authority is not null)
        {
            policy.CustomTrustStore.Add(Authority);
        }

        return new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = policy } };
    }
}
