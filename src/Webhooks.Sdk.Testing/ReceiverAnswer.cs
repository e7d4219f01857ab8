using System;
using System.Text;
using Webhooks.Sdk.Testing.Receiving;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// What a <see cref="WebhookReceiver"/> does with a request: a proper answer, or anything that a receiver on the internet might do instead.
/// </summary>
/// <remarks>
/// Begin with a static method, and chain what should go wrong: each method returns a new answer. Contradictions are refused when the answer
/// is put into a script. Instances are immutable and safe to share between threads and receivers. Whatever never ends (bodies, headers,
/// silence) ends when the client goes away or the receiver is disposed.
/// </remarks>
/// <example>
/// <code>
/// ReceiverAnswer.Status(429).WithHeader("Retry-After", "2");
/// ReceiverAnswer.Status(200).WithText("cut in two", "text/plain").ResetAt(ReceiverStage.WithinBody);
/// ReceiverAnswer.Status(200).After(gate).WithEndlessBody();
/// </code>
/// </example>
public sealed partial class ReceiverAnswer
{
    // Long enough to be broken off anywhere.
    private static readonly ReceiverAnswer Breakable = Status(200).WithText("This answer breaks off.", "text/plain");

    private ReceiverAnswer(AnswerPlan plan)
    {
        Plan = plan;
    }

    internal AnswerPlan Plan { get; }

    /// <summary>Answers with a status and without a body.</summary>
    /// <param name="statusCode">The status, from 200 to 999.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="statusCode"/> is not such a status. For 1xx there are <see cref="WithInterim"/> and <see cref="SwitchingProtocols"/>.
    /// </exception>
    public static ReceiverAnswer Status(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 999);

        return new(new AnswerPlan { StatusCode = statusCode });
    }

    /// <summary>Redirects with status 302.</summary>
    /// <param name="target">The <c>Location</c>, as it is: a URL, a path, <c>file:///etc/passwd</c>.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> cannot be the value of a header.</exception>
    public static ReceiverAnswer Redirect(string target) => Redirect(target, 302);

    /// <summary>Redirects with a status of one's choice.</summary>
    /// <param name="target">The <c>Location</c>, as it is: a URL, a path, <c>file:///etc/passwd</c>.</param>
    /// <param name="statusCode">The status, from 300 to 399; 307 and 308 ask for the same method and body again.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="target"/> cannot be the value of a header.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    public static ReceiverAnswer Redirect(string target, int statusCode)
    {
        HeaderText.ThrowIfNotValue(target, nameof(target));

        return RedirectStatus(statusCode).WithHeader("Location", target);
    }

    /// <summary>Redirects each request to where it came in: who follows goes round for ever.</summary>
    /// <param name="statusCode">The status, from 300 to 399.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not such a status.</exception>
    public static ReceiverAnswer RedirectToItself(int statusCode) =>
        new(RedirectStatus(statusCode).Plan with { RedirectsToItself = true });

    /// <summary>Answers with status 101, as if the client had asked for another protocol, and is silent from then on (RFC 9110, section 15.2.2).</summary>
    /// <param name="protocol">The protocol, for example <c>websocket</c>.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException"><paramref name="protocol"/> cannot be the value of a header.</exception>
    public static ReceiverAnswer SwitchingProtocols(string protocol)
    {
        HeaderText.ThrowIfNotValue(protocol, nameof(protocol));

        return Raw($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\n\r\n").SilentAt(ReceiverStage.AfterAnswer);
    }

    /// <summary>Reads the request, and never answers. The connection stays open.</summary>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Silence() => Breakable.SilentAt(ReceiverStage.AfterRequestBody);

    /// <summary>Closes the connection (TCP FIN) at a stage of an otherwise good answer.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Close(ReceiverStage stage) => Breakable.CloseAt(stage);

    /// <summary>Resets the connection (TCP RST) at a stage of an otherwise good answer.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Reset(ReceiverStage stage) => Breakable.ResetAt(stage);

    /// <summary>Writes bytes in place of an HTTP answer, and closes the connection.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Raw(ReadOnlyMemory<byte> bytes) => new(new AnswerPlan { Raw = bytes.ToArray() });

    /// <summary>Writes text (ISO 8859-1) in place of an HTTP answer, and closes the connection.</summary>
    /// <param name="text">The text, with the line ends it should have.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static ReceiverAnswer Raw(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return new(new AnswerPlan { Raw = Encoding.Latin1.GetBytes(text) });
    }

    /// <summary>Answers with what is not HTTP, and closes the connection.</summary>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Garbage() => Raw("\0\u0001\u0002\u00ff this is not HTTP\r\n\r\n");

    /// <summary>
    /// Greets whoever connects, as mail servers do, without waiting for a request, and closes the connection. Where TLS is expected, the
    /// greeting takes the place of the handshake.
    /// </summary>
    /// <returns>The answer.</returns>
    public static ReceiverAnswer Greeting() => new(Raw("220 mail.example ESMTP\r\n").Plan with { IsUnasked = true });

    private static ReceiverAnswer RedirectStatus(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 300);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 399);

        return Status(statusCode);
    }
}
