using System.Reflection;

namespace Webhooks.Sdk.Durability.Tests.Working;

/// <summary>A store that dies while it writes.</summary>
public class FusedStore : DispatchProxy
{
    private IWebhookStore? _store;
    private Fuse? _fuse;

    internal static IWebhookStore Create(IWebhookStore store, Fuse fuse)
    {
        IWebhookStore proxy = Create<IWebhookStore, FusedStore>();
        ((FusedStore)(object)proxy)._store = store;
        ((FusedStore)(object)proxy)._fuse = fuse;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // Writes go on beside us on a thread of the store's: they are begun here, and torn there.
        object? result = targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        FailurePoint? point = targetMethod.Name switch
        {
            nameof(IWebhookStore.CommitAsync) => FailurePoint.Commit,
            nameof(IWebhookStore.FanOutAsync) => FailurePoint.FanOut,
            nameof(IWebhookStore.AppendAsync) => FailurePoint.Append,
            _ => null,
        };

        if (point is { } here && _fuse!.IsOver(here))
        {
            _fuse.Burn();
        }

        return result;
    }
}
