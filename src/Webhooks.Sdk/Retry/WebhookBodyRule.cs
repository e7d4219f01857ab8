using System;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk;

/// <summary>
/// One thing that the body of an answer may say, and what the answer means then.
/// </summary>
/// <remarks>
/// <c>When…</c> adds to the status: it holds for answers of any status, and a body that does not say it, or was cut off before it did, leaves the verdict as
/// it is. <c>Unless…</c> demands a proof: it holds for answers of status 2xx that would be a success, and one whose body was cut off before the proof is
/// <see cref="WebhookVerdict.Undecided"/>. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookBodyRule
{
    private readonly JsonMember? _member;
    private readonly string _value;
    private readonly WebhookVerdict _verdict;
    private readonly bool _isDemanded;
    private readonly bool _isForSuccess;

    private WebhookBodyRule(JsonMember? member, string value, WebhookVerdict verdict, bool isDemanded, bool isForSuccess)
    {
        ArgumentNullException.ThrowIfNull(value);
        WebhookResponseRule.ThrowIfNoVerdict(verdict, nameof(verdict));
        _member = member;
        _value = value;
        _verdict = verdict;
        _isDemanded = isDemanded;
        _isForSuccess = isForSuccess;
    }

    /// <summary>When the body is exactly <paramref name="text"/>, white space around it aside, the answer means <paramref name="verdict"/>.</summary>
    /// <param name="text">The text; upper and lower case differ.</param>
    /// <param name="verdict">What the answer means then.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> is not defined.</exception>
    public static WebhookBodyRule WhenText(string text, WebhookVerdict verdict) =>
        new(member: null, text, verdict, isDemanded: false, isForSuccess: false);

    /// <summary>When the member <paramref name="path"/> of the body's JSON object is <paramref name="value"/>, the answer means <paramref name="verdict"/>.</summary>
    /// <param name="path">The names on the way to the member, parted by full stops: <c>error.code</c>. At most 8.</param>
    /// <param name="value">A string's text, or a number, <c>true</c>, <c>false</c> or <c>null</c> as it is written; upper and lower case are the same.</param>
    /// <param name="verdict">What the answer means then.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not such a path, or an argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> is not defined.</exception>
    public static WebhookBodyRule WhenJson(string path, string value, WebhookVerdict verdict) =>
        new(new JsonMember(path, nameof(path)), value, verdict, isDemanded: false, isForSuccess: false);

    /// <summary>Unless the body is exactly <paramref name="text"/>, white space around it aside, a success means <paramref name="verdict"/> instead.</summary>
    /// <param name="text">The text; upper and lower case differ.</param>
    /// <param name="verdict">What the answer means otherwise.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> is not defined.</exception>
    public static WebhookBodyRule UnlessText(string text, WebhookVerdict verdict = WebhookVerdict.Rejected) =>
        new(member: null, text, verdict, isDemanded: true, isForSuccess: true);

    /// <summary>
    /// Unless the member <paramref name="path"/> of the body's JSON object is <paramref name="value"/>, a success means <paramref name="verdict"/> instead.
    /// </summary>
    /// <param name="path">The names on the way to the member, parted by full stops: <c>result.success</c>. At most 8.</param>
    /// <param name="value">A string's text, or a number, <c>true</c>, <c>false</c> or <c>null</c> as it is written; upper and lower case are the same.</param>
    /// <param name="verdict">What the answer means otherwise.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is not such a path, or an argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="verdict"/> is not defined.</exception>
    public static WebhookBodyRule UnlessJson(string path, string value, WebhookVerdict verdict = WebhookVerdict.Rejected) =>
        new(new JsonMember(path, nameof(path)), value, verdict, isDemanded: true, isForSuccess: true);

    /// <summary>Gives the same rule for answers of status 2xx that would be a success without it, and for no others.</summary>
    /// <returns>The rule.</returns>
    public WebhookBodyRule OnSuccess() => new(_member, _value, _verdict, _isDemanded, isForSuccess: true);

    /// <summary>Gives what the rule consists of, to be stored: <see cref="Restore"/> makes the same rule of it.</summary>
    internal (string? Path, string Value, WebhookVerdict Verdict, bool IsDemanded, bool IsForSuccess) Parts =>
        (_member?.Path, _value, _verdict, _isDemanded, _isForSuccess);

    /// <exception cref="ArgumentException">A part is not one that a rule has.</exception>
    internal static WebhookBodyRule Restore(string? path, string value, WebhookVerdict verdict, bool isDemanded, bool isForSuccess) =>
        new(path is null ? null : new JsonMember(path, nameof(path)), value, verdict, isDemanded, isForSuccess);

    /// <returns>What the answer means, or null when the rule has nothing to say of it.</returns>
    internal WebhookVerdict? Judge(AnswerBody body, bool isSuccess)
    {
        if (_isForSuccess && !isSuccess)
        {
            return null;
        }

        bool? isSaid = _member is null ? IsText(body) : IsValue(_member, body);

        return _isDemanded
            ? isSaid switch { true => null, false => _verdict, null => WebhookVerdict.Undecided }
            : isSaid is true ? _verdict : null;
    }

    // Null: what was read leaves it open.
    private bool? IsText(AnswerBody body)
    {
        ReadOnlySpan<char> text = body.Text.AsSpan().Trim();

        if (body.IsComplete)
        {
            return text.SequenceEqual(_value);
        }

        return _value.StartsWith(text, StringComparison.Ordinal) ? null : false;
    }

    private bool? IsValue(JsonMember member, AnswerBody body)
    {
        var values = member.ReadAll(body.Utf8);

        if (values.Count == 0)
        {
            return body.IsComplete ? false : null;
        }

        // Of a name that comes twice, a demand wants both, and an error is one wherever it stands.
        return _isDemanded ? values.TrueForAll(IsEqual) : values.Exists(IsEqual);
    }

    private bool IsEqual(string? value) => string.Equals(value, _value, StringComparison.OrdinalIgnoreCase);
}
