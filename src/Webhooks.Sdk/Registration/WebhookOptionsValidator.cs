using System;
using System.Globalization;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;

namespace Webhooks.Sdk.Registration;

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var result = new ValidateOptionsResultBuilder();

        CheckRange(result, options.MaxAttempts, 1, 100, nameof(options.MaxAttempts));
        CheckRange(result, options.MaxRequestBodySize, 1, WebhookLimits.MostBodyBytes, nameof(options.MaxRequestBodySize));
        CheckRange(result, options.MaxResponseBodySize, 0, 1024 * 1024, nameof(options.MaxResponseBodySize));
        CheckTimeout(result, options.AttemptTimeout, nameof(options.AttemptTimeout));
        CheckTimeout(result, options.ConnectTimeout, nameof(options.ConnectTimeout));

        foreach (int port in options.AllowedPorts)
        {
            CheckRange(result, port, 1, 65_535, nameof(options.AllowedPorts));
        }

        if (options.Proxy is { } proxy && (!proxy.IsAbsoluteUri || (proxy.Scheme != Uri.UriSchemeHttp && proxy.Scheme != Uri.UriSchemeHttps)))
        {
            result.AddError("must be an absolute http or https URL, for example http://proxy.corp.example:3128.", nameof(options.Proxy));
        }

        if (!string.IsNullOrEmpty(options.UserAgent) && !HeaderRules.IsValidValue(options.UserAgent))
        {
            result.AddError("must be visible ASCII and single spaces between words, or empty.", nameof(options.UserAgent));
        }

        CheckAddressRules(result, options);
        return result.Build();
    }

    private static void CheckAddressRules(ValidateOptionsResultBuilder result, WebhookOptions options)
    {
        try
        {
            _ = new AddressGuard(options);
        }
        catch (ArgumentException exception)
        {
            result.AddError(exception.Message);
        }
    }

    private static void CheckRange(ValidateOptionsResultBuilder result, int value, int least, int most, string member)
    {
        if (value < least || value > most)
        {
            result.AddError(
                string.Create(CultureInfo.InvariantCulture, $"must be from {least:N0} to {most:N0}, but was {value:N0}."), member);
        }
    }

    private static void CheckTimeout(ValidateOptionsResultBuilder result, TimeSpan value, string member)
    {
        if (value < WebhookLimits.ShortestTimeout || value > WebhookLimits.LongestTimeout)
        {
            result.AddError($"must be from 100 milliseconds to 10 minutes, but was {value:c}.", member);
        }
    }
}
