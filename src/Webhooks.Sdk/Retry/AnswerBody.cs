using System;
using System.Text;

namespace Webhooks.Sdk.Retry;

/// <summary>
/// The text of an answer, and the same as UTF-8 for those who look for JSON: made once, however many conditions look.
/// </summary>
internal sealed class AnswerBody(string text, bool isComplete)
{
    private byte[]? _utf8;

    public string Text { get; } = text;

    public bool IsComplete { get; } = isComplete;

    // A byte order mark is no JSON (RFC 8259, section 8.1), but harmless.
    public ReadOnlySpan<byte> Utf8 => _utf8 ??= Encoding.UTF8.GetBytes(Text.TrimStart('\uFEFF'));
}
