using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// What an endpoint allows an attempt, where that differs from <see cref="WebhookOptions"/>.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookLimits
{
    internal const int MostBodyBytes = 1024 * 1024 * 1024;

    internal static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Gets how long one attempt may take, from looking up the name to the last byte that is read of the answer.
    /// </summary>
    /// <value>
    /// Null by default: <see cref="WebhookOptions.AttemptTimeout"/>. Otherwise from 100 milliseconds to 10 minutes.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan? AttemptTimeout
    {
        get;
        init
        {
            if (value < ShortestTimeout || value > LongestTimeout)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"An attempt may take from 100 milliseconds to 10 minutes, not {value.Value:c}."));
            }

            field = value;
        }
    }

    /// <summary>
    /// Gets the most bytes that a body may have. A larger one is not sent.
    /// </summary>
    /// <value>
    /// Null by default: <see cref="WebhookOptions.MaxRequestBodySize"/>. Otherwise from 1 to 1,073,741,824.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int? MaxRequestBodySize
    {
        get;
        init
        {
            if (value is < 1 or > MostBodyBytes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"A body may have from 1 to {MostBodyBytes:N0} bytes, not {value.Value:N0}."));
            }

            field = value;
        }
    }

    internal static WebhookLimits None { get; } = new();
}
