using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Skalin;

namespace Webhooks.Sdk.Registration;

/// <remarks>Both ids are secrets: messages give lengths, positions and code points, never the text.</remarks>
internal sealed class SkalinOptionsValidator : IValidateOptions<SkalinOptions>
{
    private const int MaxIdLength = 128;

    public ValidateOptionsResult Validate(string? name, SkalinOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        string account = string.IsNullOrEmpty(name) ? "" : $" (Skalin account '{name}')";

        Check(FindProblem(options.WebhookId) ?? FindProblemInPath(options.WebhookId), nameof(options.WebhookId));
        Check(FindProblem(options.ClientId), nameof(options.ClientId));
        Check(FindProblem(options.BaseUrl), nameof(options.BaseUrl));

        return result.Build();

        void Check(string? problem, string member)
        {
            if (problem is not null)
            {
                result.AddError($"{problem}.{account}", $"{nameof(SkalinOptions)}.{member}");
            }
        }
    }

    private static string? FindProblem(string? id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            return string.Create(CultureInfo.InvariantCulture, $"must have 1 to {MaxIdLength} characters, but is missing or blank");
        }

        if (id.Length > MaxIdLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must have 1 to {MaxIdLength} characters, but has {id.Length}");
        }

        if (char.IsWhiteSpace(id[0]) || char.IsWhiteSpace(id[^1]))
        {
            return "must have no white space at either end, but has; trim it";
        }

        int bad = IndexOfUnsendable(id);

        return bad < 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"must have no control characters and no half surrogate pairs, but has U+{(int)id[bad]:X4} at position {bad}");
    }

    private static string? FindProblemInPath(string webhookId)
    {
        int slash = webhookId.AsSpan().IndexOfAny('/', '\\');

        if (slash >= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be the id alone, without slash and backslash, but has one at position {slash}");
        }

        // System.Uri removes such a segment, also when it is escaped.
        return webhookId is "." or ".." ? "must not be . or .., which never arrive" : null;
    }

    private static string? FindProblem(Uri? baseUrl) => baseUrl switch
    {
        null => "must be an absolute http or https URL, but is missing",
        { IsAbsoluteUri: false } => "must be an absolute http or https URL, but is relative",
        _ when baseUrl.Scheme != Uri.UriSchemeHttp && baseUrl.Scheme != Uri.UriSchemeHttps =>
            $"must be an absolute http or https URL, but its scheme is {baseUrl.Scheme}",
        { UserInfo.Length: > 0 } => "must have no user information, but has",
        { Query.Length: > 0 } => "must have no query, but has; the client id is added to it",
        { Fragment.Length: > 0 } => "must have no fragment, but has",
        _ => FindProblemOfHost(baseUrl),
    };

    private static string? FindProblemOfHost(Uri baseUrl)
    {
        try
        {
            WebhookUrl.For(baseUrl);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"must be a URL that can be called, but is not: {exception.Message}";
        }
    }

    private static int IndexOfUnsendable(string id)
    {
        int length;

        for (int i = 0; i < id.Length; i += length)
        {
            if (Rune.DecodeFromUtf16(id.AsSpan(i), out Rune rune, out length) != OperationStatus.Done || Rune.IsControl(rune))
            {
                return i;
            }
        }

        return -1;
    }
}
