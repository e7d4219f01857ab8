using System;
using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>The rules of the options, each with the value and the limit.</summary>
internal static class EndpointOptionsRules
{
    /// <exception cref="ArgumentException">An option is missing or outside its range.</exception>
    public static void Validate(WebhookSubscriptionEndpointOptions options, string paramName)
    {
        RequireOwner(options.Owner, paramName);
        RequireLimits(options.MaxSamples, options.MaxBodySize, options.MaxDepth, paramName);

        if (options.CallbackNames.Count == 0 || options.CallbackNames.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("CallbackNames must name the callback's member, for example url; without a name nobody can subscribe.", paramName);
        }

        if (options.PublicBaseUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.Query.Length + url.Fragment.Length == 0))
        {
            throw new ArgumentException("PublicBaseUrl must be an absolute http or https URL without query and fragment, for example https://api.example.com.", paramName);
        }

        if (options.Format is null || options.Format.HasSource)
        {
            throw new ArgumentException(
                $"Format must be one that needs no source, such as {nameof(WebhookFormat)}.{nameof(WebhookFormat.RestHook)}, but was {options.Format?.Name ?? "null"}.", paramName);
        }
    }

    /// <exception cref="ArgumentException">An option is missing or outside its range.</exception>
    public static void Validate(WeavyWebhookEndpointOptions options, string paramName)
    {
        RequireOwner(options.Owner, paramName);
        RequireLimits(options.MaxSamples, options.MaxBodySize, options.MaxDepth, paramName);
    }

    private static void RequireOwner(object? owner, string paramName)
    {
        if (owner is null)
        {
            throw new ArgumentException(
                "Owner is not set, so nobody would know whose subscriptions they are. Set it: options => options.Owner = http => http.User.Identity!.Name.", paramName);
        }
    }

    private static void RequireLimits(int maxSamples, int maxBodySize, int maxDepth, string paramName)
    {
        RequireRange(maxSamples, 1, 100, nameof(WebhookSubscriptionEndpointOptions.MaxSamples), paramName);
        RequireRange(maxBodySize, 1024, 1024 * 1024, nameof(WebhookSubscriptionEndpointOptions.MaxBodySize), paramName);
        RequireRange(maxDepth, 2, 64, nameof(WebhookSubscriptionEndpointOptions.MaxDepth), paramName);
    }

    private static void RequireRange(int value, int least, int most, string name, string paramName)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must be from {least:N0} to {most:N0}, but was {value:N0}."), paramName);
        }
    }
}
