using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk;

/// <summary>
/// Says what a receiver's answers mean: delivered, refused, later, gone. A value made of data, with <see cref="Decide"/> for what data cannot say.
/// </summary>
/// <remarks>
/// The status is looked at first, then the header <c>webhook-delivery</c>, then the body, then <see cref="Decide"/>. A rule never throws, whatever a receiver
/// answers. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookResponseRule
{
    private const string DeliveryHeader = "webhook-delivery";

    private static readonly string[] DefaultWaitHeaders = ["Retry-After", "X-RateLimit-Reset-After"];

    private readonly JsonMember? _waitMember;

    /// <summary>
    /// Gets the rule that leaves the body alone: 2xx is delivered, 408, 425 and 5xx are a failure for now, 429 is too often, 410 is gone, and everything else,
    /// 3xx included, is refused.
    /// </summary>
    public static WebhookResponseRule Default { get; } = new();

    /// <summary>Gets the statuses that mean success. Another status of 2xx means a refusal then.</summary>
    /// <value>Empty by default: every status of 2xx means success. Each is from 200 to 299.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A status is outside that range; others are given a meaning by <see cref="Statuses"/>.</exception>
    public IReadOnlyCollection<int> SuccessStatuses
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);

            foreach (int status in value)
            {
                if (status is < 200 or > 299)
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(value), string.Create(CultureInfo.InvariantCulture, $"A status of success is from 200 to 299, not {status}; give another one a meaning by {nameof(Statuses)}."));
                }
            }

            field = value.ToFrozenSet();
        }
    }
    = FrozenSet<int>.Empty;

    /// <summary>Gets the statuses that mean something else than by default, for example 409 for <see cref="WebhookVerdict.Delivered"/>.</summary>
    /// <value>Empty by default. Each status is from 100 to 999.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A status is outside that range, or a verdict is not defined.</exception>
    public IReadOnlyDictionary<int, WebhookVerdict> Statuses
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);

            foreach ((int status, WebhookVerdict verdict) in value)
            {
                if (status is < 100 or > 999)
                {
                    throw new ArgumentOutOfRangeException(nameof(value), string.Create(CultureInfo.InvariantCulture, $"A status is from 100 to 999, not {status}."));
                }

                ThrowIfNoVerdict(verdict, nameof(value));
            }

            field = value.ToFrozenDictionary();
        }
    }
    = FrozenDictionary<int, WebhookVerdict>.Empty;

    /// <summary>Gets what the body may say. The first that applies decides.</summary>
    /// <value>Empty by default: the body is left alone.</value>
    /// <exception cref="ArgumentNullException">The list or one of its rules is null.</exception>
    public IReadOnlyList<WebhookBodyRule> Body
    {
        get;
        init => field = CopyWithoutNull(value);
    }
    = [];

    /// <summary>
    /// Gets the names of the headers that say how long to wait. The first that makes sense counts: a number of seconds, with or without a fraction, an HTTP date
    /// (RFC 9110, section 5.6.7), or a number so large that it is the second or millisecond of the Unix epoch at which to come back.
    /// </summary>
    /// <value>The default value is <c>Retry-After</c>, <c>X-RateLimit-Reset-After</c>.</value>
    /// <exception cref="ArgumentNullException">The list or one of the names is null.</exception>
    /// <exception cref="ArgumentException">One of the names is empty.</exception>
    public IReadOnlyList<string> WaitHeaders
    {
        get;
        init
        {
            field = CopyWithoutNull(value);

            if (field.Any(static name => name.Length == 0))
            {
                throw new ArgumentException("One of the names is empty.", nameof(value));
            }
        }
    }
    = DefaultWaitHeaders;

    /// <summary>Gets the path of the JSON member that says how long to wait, in seconds, where no header does: <c>retry_after</c>.</summary>
    /// <value>Null by default. 1 to 8 names parted by full stops.</value>
    /// <exception cref="ArgumentException">The value is not such a path.</exception>
    public string? WaitMember
    {
        get;
        init
        {
            _waitMember = value is null ? null : new JsonMember(value, nameof(value));
            field = value;
        }
    }

    /// <summary>Gets the code that has the last word.</summary>
    /// <value>Null by default.</value>
    public WebhookJudge? Decide { get; init; }

    /// <summary>Says what an answer means.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>What it means. Nothing is thrown, whatever the answer.</returns>
    public WebhookVerdict Judge(in WebhookAnswer answer)
    {
        WebhookVerdict verdict = JudgeStatus(answer.StatusCode);

        if (verdict is not (WebhookVerdict.Delivered or WebhookVerdict.Gone) && JudgeWish(answer) is { } wish)
        {
            return wish;
        }

        verdict = JudgeBody(answer, verdict);
        return Decide is null ? verdict : JudgeInCode(answer, verdict);
    }

    /// <summary>Reads how long the receiver asks to be left alone: from zero to 24 hours, or null when it does not ask.</summary>
    internal TimeSpan? ReadWait(in WebhookAnswer answer, DateTimeOffset now)
    {
        foreach (string name in WaitHeaders)
        {
            if (answer.Header(name) is { } text && RetryAfter.Parse(text, now) is { } wait)
            {
                return wait;
            }
        }

        return _waitMember?.ReadAll(new AnswerBody(answer.Text, answer.IsComplete).Utf8) is [{ } seconds, ..] ? RetryAfter.ParseNumber(seconds, now) : null;
    }

    internal static void ThrowIfNoVerdict(WebhookVerdict verdict, string paramName)
    {
        if (!Enum.IsDefined(verdict))
        {
            throw new ArgumentOutOfRangeException(
                paramName, string.Create(CultureInfo.InvariantCulture, $"{(int)verdict} is no {nameof(WebhookVerdict)}; use one of its members."));
        }
    }

    private static ReadOnlyCollection<T> CopyWithoutNull<T>(IReadOnlyList<T> value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);

        return value.All(static item => item is not null)
            ? Array.AsReadOnly([.. value])
            : throw new ArgumentNullException(nameof(value), "One of the items is null.");
    }

    // 3xx is refused because redirects are never followed.
    private WebhookVerdict JudgeStatus(int statusCode) => statusCode switch
    {
        _ when Statuses.TryGetValue(statusCode, out WebhookVerdict verdict) => verdict,
        >= 200 and <= 299 => SuccessStatuses.Count == 0 || SuccessStatuses.Contains(statusCode) ? WebhookVerdict.Delivered : WebhookVerdict.Rejected,
        408 or 425 or >= 500 => WebhookVerdict.ReceiverFailed,
        410 => WebhookVerdict.Gone,
        429 => WebhookVerdict.Throttled,
        _ => WebhookVerdict.Rejected,
    };

    private static WebhookVerdict? JudgeWish(in WebhookAnswer answer) => answer.Header(DeliveryHeader)?.ToUpperInvariant() switch
    {
        "ABORT-MESSAGE" => WebhookVerdict.Rejected,
        "DISABLE" => WebhookVerdict.Disabled,
        _ => null,
    };

    private WebhookVerdict JudgeBody(in WebhookAnswer answer, WebhookVerdict verdict)
    {
        if (Body.Count == 0)
        {
            return verdict;
        }

        // Another status that was given the meaning of success, 409 for one, says so by itself.
        bool isSuccess = verdict == WebhookVerdict.Delivered && answer.StatusCode is >= 200 and <= 299;
        var body = new AnswerBody(answer.Text, answer.IsComplete);

        foreach (WebhookBodyRule rule in Body)
        {
            if (rule.Judge(body, isSuccess) is { } decided)
            {
                return decided;
            }
        }

        return verdict;
    }

    private WebhookVerdict JudgeInCode(in WebhookAnswer answer, WebhookVerdict verdict)
    {
        try
        {
            WebhookVerdict decided = Decide!(answer, verdict);
            return Enum.IsDefined(decided) ? decided : WebhookVerdict.Undecided;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The receiver has answered: whatever is wrong with our side, it must not be asked again because of it.
            return WebhookVerdict.Undecided;
        }
    }
}
