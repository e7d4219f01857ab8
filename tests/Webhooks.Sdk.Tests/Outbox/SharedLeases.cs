using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>The leases of a store of many processes, of which there are as many as a test says.</summary>
public sealed class SharedLeases
{
    private readonly HashSet<int> _held = [];

    public SharedLeases(int holders)
    {
        Holders = holders;
        Store = DispatchProxy.Create<IWebhookStore, Proxy>();
        ((Proxy)(object)Store).Leases = this;
    }

    public IWebhookStore Store { get; }

    public int Holders { get; set; }

    /// <summary>Gets how many buckets were asked for last.</summary>
    public int Wanted { get; private set; }

    public List<int> Released { get; } = [];

    private IReadOnlyList<BucketLease> Acquire(int wanted)
    {
        Wanted = wanted;
        int[] taken = [.. Enumerable.Range(0, BucketLease.Buckets).Reverse().Where(bucket => !_held.Contains(bucket)).Take(wanted)];
        _held.UnionWith(taken);
        return [.. taken.Select(static bucket => new BucketLease(bucket, 1))];
    }

    private int Release(ReadOnlyMemory<int> buckets)
    {
        Released.AddRange(buckets.ToArray());
        _held.ExceptWith(buckets.ToArray());
        return buckets.Length;
    }

    public class Proxy : DispatchProxy
    {
        internal SharedLeases Leases { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name switch
            {
                "get_Capabilities" => new WebhookStoreCapabilities { Name = "shared", IsDurable = true, IsMultiProcess = true },
                nameof(IWebhookStore.CountHoldersAsync) => new ValueTask<int>(Leases.Holders),
                nameof(IWebhookStore.RenewAsync) => new ValueTask<IReadOnlyList<BucketLease>>([.. Leases._held.Select(static bucket => new BucketLease(bucket, 1))]),
                nameof(IWebhookStore.AcquireAsync) => new ValueTask<IReadOnlyList<BucketLease>>(Leases.Acquire((int)args![1]!)),
                nameof(IWebhookStore.ReleaseAsync) => Leases.Release((ReadOnlyMemory<int>)args![1]!) >= 0 ? ValueTask.CompletedTask : default,
                _ => throw new NotSupportedException(targetMethod.Name),
            };
    }
}
