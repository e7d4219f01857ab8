using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Signing;

namespace Webhooks.Sdk.Registration;

/// <summary>
/// Checks the options of every named endpoint by making its parts. What it says shows no URL, secret or header value: neither do their own refusals.
/// </summary>
internal sealed class WebhookEndpointOptionsValidator : IValidateOptions<WebhookEndpointOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookEndpointOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        int failures = 0;

        if (options.Url is not null)
        {
            Try(() => new WebhookEndpoint(OptionsEndpoint.UrlOf(options)), nameof(options.Url));
        }
        else
        {
            Refuse("is missing. Set it to an absolute http or https URL, for example https://hooks.example/webhooks.", nameof(options.Url));
        }

        CheckSecrets(options.Secrets);
        CheckSignatures(options);
        CheckCredential(options);
        var any = new Uri("https://any.invalid");
        Try(() => new WebhookEndpoint(any) { Headers = [.. options.Headers] }, nameof(options.Headers));
        Try(() => new WebhookEndpoint(any) { Source = options.Source }, nameof(options.Source));
        Try(() => new WebhookEndpoint(any) { SetAsideAfter = options.SetAsideAfter }, nameof(options.SetAsideAfter));
        Try(() => new WebhookLimits { AttemptTimeout = options.AttemptTimeout }, nameof(options.AttemptTimeout));
        Try(() => new WebhookLimits { MaxRequestBodySize = options.MaxRequestBodySize }, nameof(options.MaxRequestBodySize));
        Try(() => new WebhookLimits { MaxConcurrency = options.MaxConcurrency }, nameof(options.MaxConcurrency));
        Try(options.Rate.ToRate, nameof(options.Rate));
        Try(() => new WebhookLimits { MaxWait = options.MaxWait }, nameof(options.MaxWait));
        Try(options.CircuitBreaker.ToCircuitBreaker, nameof(options.CircuitBreaker));
        Try(() => new WebhookEndpoint(any) { RequestOrigin = options.RequestOrigin }, nameof(options.RequestOrigin));

        Try(() => OptionsEndpoint.CreateSchedule(options), nameof(options.RetryDelays));
        Try(() => OptionsEndpoint.CreateIdempotencyHeader(options), nameof(options.IdempotencyHeader));
        CheckName(options.Format, name => WebhookFormat.Find(name), WebhookFormat.All.Select(format => format.Name), nameof(options.Format));
        CheckName(options.Schedule, name => RetrySchedule.Find(name), RetrySchedule.Named.Select(schedule => schedule.Key), nameof(options.Schedule));
        CheckName(options.Preset ?? "", name => WebhookPresets.Find(name), WebhookPresets.All.Select(preset => preset.Name), nameof(options.Preset));

        if (options is { Schedule: not null, RetryDelays.Count: > 0 })
        {
            Refuse($"is a schedule beside {nameof(options.RetryDelays)}; leave one of them out.", nameof(options.Schedule));
        }

        return result.Build();

        void CheckName(string? chosen, Func<string, object?> find, IEnumerable<string> known, string member)
        {
            if (chosen is not null && find(chosen) is null)
            {
                Refuse($"must be one of {string.Join(", ", known)}, but was '{chosen}'.", member);
            }
        }

        void CheckSecrets(IList<string> secrets)
        {
            for (int i = 0; i < secrets.Count; i++)
            {
                int index = i;
                Try(() => WebhookSecret.Parse(secrets[index]), string.Create(CultureInfo.InvariantCulture, $"{nameof(options.Secrets)}[{i}]"));
            }

            if (secrets.Count > Signature.MostSecrets)
            {
                Refuse(
                    string.Create(CultureInfo.InvariantCulture, $"must be at most {Signature.MostSecrets}, but are {secrets.Count}; leave out those that no receiver needs any more."),
                    nameof(options.Secrets));
            }
        }

        void CheckSignatures(WebhookEndpointOptions endpoint)
        {
            int failuresBefore = failures;

            for (int i = 0; i < endpoint.Signatures.Count; i++)
            {
                WebhookSignatureOptions signature = endpoint.Signatures[i];
                Try(() => OptionsEndpoint.CreateSigner(signature), string.Create(CultureInfo.InvariantCulture, $"{nameof(endpoint.Signatures)}[{i}]"));
            }

            if (failures == failuresBefore)
            {
                Try(() => new WebhookEndpoint("https://any.invalid") { Signers = OptionsEndpoint.CreateSigners(endpoint) }, nameof(endpoint.Signatures));
            }
        }

        void CheckCredential(WebhookEndpointOptions endpoint)
        {
            int kinds = KindsOf(endpoint.Credential).Count(isSet => isSet) + (endpoint.GetCustomCredential() is null ? 0 : 1);

            if (kinds > 1)
            {
                Refuse("must be of one kind, but has several: a bearer token, a user name and password, a header, a query parameter, or one set in code.", nameof(options.Credential));
            }
            else
            {
                Try(() => OptionsEndpoint.CreateCredential(endpoint.Credential), nameof(options.Credential));
            }

            if (endpoint.GetCustomCredential()?.Certificate is not null && endpoint.Url is { IsAbsoluteUri: true } address && address.Scheme != Uri.UriSchemeHttps)
            {
                Refuse("is a client certificate, which needs an https URL.", nameof(options.Credential));
            }
        }

        void Try(Func<object?> make, string member)
        {
            try
            {
                make();
            }
            catch (ArgumentException exception)
            {
                Refuse($"cannot be used. {MessageOf(exception)}", member);
            }
        }

        void Refuse(string problem, string member)
        {
            failures++;
            result.AddError($"{problem} (endpoint '{name}')", $"{nameof(WebhookEndpointOptions)}.{member}");
        }
    }

    // ArgumentException appends the name of its parameter, which means nothing to who wrote the configuration.
    private static string MessageOf(ArgumentException exception)
    {
        int end = exception.Message.LastIndexOf(" (Parameter ", StringComparison.Ordinal);
        return end < 0 ? exception.Message : exception.Message[..end];
    }

    private static IEnumerable<bool> KindsOf(WebhookCredentialOptions credential) =>
    [
        credential.BearerToken is not null,
        (credential.UserName ?? credential.Password) is not null,
        (credential.HeaderName ?? credential.HeaderValue) is not null,
        (credential.QueryName ?? credential.QueryValue) is not null,
    ];
}
