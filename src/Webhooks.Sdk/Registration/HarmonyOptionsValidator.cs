using System;
using System.Linq;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Harmony;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Checks the options of every Harmony server. What it says never shows the URL, which may have a password in it.
/// </summary>
internal sealed class HarmonyOptionsValidator : IValidateOptions<HarmonyOptions>
{
    public ValidateOptionsResult Validate(string? name, HarmonyOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        string server = string.IsNullOrEmpty(name) ? "" : $" (Harmony server '{name}')";

        if (ProblemOf(options.BaseUrl) is { } problem)
        {
            result.AddError(problem + server, $"{nameof(HarmonyOptions)}.{nameof(options.BaseUrl)}");
        }

        if (!IsServicePath(options.ServicePath))
        {
            result.AddError(
                "must be a relative path like api/v1/WebHook, without ?, #, backslashes, spaces, control characters and empty or dot segments; or empty, "
                + $"when {nameof(options.BaseUrl)} leads to the service by itself.{server}",
                $"{nameof(HarmonyOptions)}.{nameof(options.ServicePath)}");
        }

        return result.Build();
    }

    private static string? ProblemOf(Uri? url)
    {
        if (url is null)
        {
            return "is missing. Set it to the base of the server's REST URLs, for example https://api.divaltocloud.com/123456/TEST1.";
        }

        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            return "must be an absolute http or https URL, for example https://api.divaltocloud.com/123456/TEST1.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "must not have user information (…@) before its host: Harmony's webhooks know no other secret than their code.";
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            return "must not have a query (?…) or a fragment (#…): parameters belong to the calls.";
        }

        try
        {
            WebhookUrl.For(url);
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"cannot be called. {exception.Message}";
        }
    }

    private static bool IsServicePath(string? path) =>
        path is not null
        && !path.Any(static character => character is '?' or '#' or '\\' || char.IsControl(character) || char.IsWhiteSpace(character))
        && (path.Trim('/').Length == 0 || path.Trim('/').Split('/').All(static segment => segment is not ("" or "." or "..")));
}
