using System;
using System.Collections.Generic;
using System.Text;

namespace Webhooks.Sdk.Urls;

/// <summary>
/// Writes pairs as <c>application/x-www-form-urlencoded</c>.
/// </summary>
/// <remarks>
/// A space is <c>%20</c> and never <c>+</c>, which every decoder reads alike. Order and repeated names are kept; a null value leaves its pair out,
/// an empty one is written as <c>name=</c>.
/// </remarks>
internal static class FormBody
{
    private const int UsualLength = 512;

    /// <exception cref="ArgumentException">A name is blank, a value has no agreed text (a date, for one), or a text has half of a surrogate pair.</exception>
    public static byte[] Write<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs, string paramName)
    {
        ArgumentNullException.ThrowIfNull(pairs, paramName);
        var form = new EscapedText(UsualLength);

        try
        {
            foreach ((string name, TValue value) in pairs)
            {
                if (string.IsNullOrWhiteSpace(name))
                {
                    throw new ArgumentException("A pair has a blank name; give each pair the name that the receiver expects.", paramName);
                }

                if (value is null)
                {
                    continue;
                }

                string text = InvariantText.Of(value, paramName);
                UrlText.RefuseLoneSurrogate(name, paramName);
                UrlText.RefuseLoneSurrogate(text, paramName);

                if (form.Length > 0)
                {
                    form.Append('&');
                }

                form.AppendPair(name, text);
            }

            byte[] body = new byte[form.Length];
            Encoding.ASCII.GetBytes(form.Written, body);
            return body;
        }
        finally
        {
            form.Release();
        }
    }
}
