using System;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Webhooks.Sdk.Registration;

internal sealed class WebhookOutboxOptionsValidator : IValidateOptions<WebhookOutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOutboxOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Number(options.MaxConcurrency, 10_000, nameof(options.MaxConcurrency));
        Number(options.MaxConcurrencyPerEndpoint, 1_000, nameof(options.MaxConcurrencyPerEndpoint));
        Time(options.PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5), nameof(options.PollInterval));
        Time(options.LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.LeaseDuration));
        Time(options.StopTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.StopTimeout));
        Time(options.FinishedRetention, TimeSpan.Zero, TimeSpan.MaxValue, nameof(options.FinishedRetention));
        Time(options.DeadLetterRetention, TimeSpan.Zero, TimeSpan.MaxValue, nameof(options.DeadLetterRetention));
        return result.Build();

        void Number(int value, int most, string member)
        {
            if (value < 1 || value > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"must be from 1 to {most:N0}, but was {value}."), member);
            }
        }

        void Time(TimeSpan value, TimeSpan least, TimeSpan most, string member)
        {
            if (value < least || value > most)
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"must be from {least:c} to {most:c}, but was {value:c}."), member);
            }
        }
    }
}
