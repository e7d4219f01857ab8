using System.Globalization;
using System.Linq;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Endpoints that lie far apart, so that each of a few workers gets some of them.</summary>
internal static class Spread
{
    /// <summary>Gives ids with the prefix, evenly over all buckets.</summary>
    public static string[] Of(string prefix, int count) =>
    [
        .. Enumerable.Range(0, count).Select(place => Enumerable.Range(1, 10_000)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}"))
            .First(id => BucketLease.BucketOf(id) * count / BucketLease.EndpointBuckets == place)),
    ];
}
