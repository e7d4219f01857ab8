using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Webhooks.Sdk;

/// <summary>
/// The right to work on the endpoints of one bucket for a while.
/// </summary>
/// <param name="Bucket">From 0 to 255: deliveries. <see cref="FanOutBucket"/>: events that are pending.</param>
/// <param name="Epoch">Rises with every new holder of the bucket.</param>
[Experimental("WHKEXP001")]
[StructLayout(LayoutKind.Auto)]
public readonly record struct BucketLease(int Bucket, long Epoch)
{
    /// <summary>The number of buckets with endpoints.</summary>
    public const int EndpointBuckets = 256;

    /// <summary>The bucket whose holder makes deliveries of events.</summary>
    public const int FanOutBucket = 256;

    /// <summary>The number of all buckets.</summary>
    public const int Buckets = 257;

    /// <summary>Gives the bucket of an endpoint: the same in every process and version.</summary>
    /// <param name="endpointId">The id of the endpoint.</param>
    /// <returns>From 0 to 255.</returns>
    public static int BucketOf(string endpointId)
    {
        ArgumentNullException.ThrowIfNull(endpointId);
        uint hash = 2166136261; // FNV-1a, over UTF-16 units; string.GetHashCode differs in each process.

        foreach (char c in endpointId)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)((hash ^ (hash >> 16)) % EndpointBuckets);
    }
}
