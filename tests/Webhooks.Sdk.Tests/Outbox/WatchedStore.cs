using System;
using System.Collections.Generic;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>A store in memory whose every call the test sees before it is made, and may let fail by throwing.</summary>
public class WatchedStore : DispatchProxy
{
    private InMemoryWebhookStore _store = null!;
    private Action<(string Method, IReadOnlyList<object?> Arguments)> _before = null!;
    private Action<string> _after = null!;
    private bool _isDurable;

    internal static OutboxHost CreateHost(
        Action<(string Method, IReadOnlyList<object?> Arguments)> before,
        Action<IWebhooksBuilder>? configure = null,
        Action<WebhookOutboxOptions>? options = null,
        bool isDurable = false,
        Action<string>? after = null,
        ManualTimeProvider? time = null)
    {
        time ??= new ManualTimeProvider();
        var store = new InMemoryWebhookStore(time);
        return OutboxHost.Create(
            builder =>
            {
                builder.Services.AddSingleton(Watch(store, before, after, isDurable));
                builder.Services.AddSingleton<IWebhookStoreOperations>(store);
                configure?.Invoke(builder);
            },
            options,
            time);
    }

    internal static IWebhookStore Watch(
        InMemoryWebhookStore store, Action<(string Method, IReadOnlyList<object?> Arguments)> before, Action<string>? after = null, bool isDurable = false)
    {
        IWebhookStore proxy = Create<IWebhookStore, WatchedStore>();
        var watched = (WatchedStore)proxy;
        watched._store = store;
        watched._before = before;
        watched._after = after ?? (static _ => { });
        watched._isDurable = isDurable;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == $"get_{nameof(IWebhookStore.Capabilities)}")
        {
            return _store.Capabilities with { IsDurable = _isDurable };
        }

        _before((targetMethod.Name, args ?? []));
        object? result = targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        _after(targetMethod.Name);
        return result;
    }
}
