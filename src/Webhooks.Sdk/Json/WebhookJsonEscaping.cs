namespace Webhooks.Sdk;

/// <summary>
/// Which characters of strings and names a <see cref="WebhookJsonWriter"/> escapes.
/// </summary>
public enum WebhookJsonEscaping
{
    /// <summary>
    /// Those that RFC 8259 section 7 requires and no more: quotation mark, reverse solidus and U+0000 to U+001F.
    /// </summary>
    Minimal = 0,

    /// <summary>
    /// Those that System.Text.Json escapes by default (<see cref="System.Text.Encodings.Web.JavaScriptEncoder.Default"/>): also
    /// <c>&amp; ' + &lt; &gt; `</c>, U+007F and everything beyond ASCII. The text is then the same as
    /// <see cref="System.Text.Json.Utf8JsonWriter"/>'s, byte for byte, and can be put into an HTML page.
    /// </summary>
    SystemTextJson = 1,
}
