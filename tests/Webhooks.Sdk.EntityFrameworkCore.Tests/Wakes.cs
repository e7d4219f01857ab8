using System.Linq;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Threading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>A store that counts how often it was told of a commit.</summary>
public class Wakes : DispatchProxy
{
    private IWebhookStore _store = null!;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Puts itself before the store of the services.</summary>
    public static Wakes Record(IServiceCollection services)
    {
        IWholeStore proxy = Create<IWholeStore, Wakes>();
        var wakes = (Wakes)(object)proxy;
        ServiceDescriptor real = services.Last(static service => service.ServiceType == typeof(IWebhookStore));
        services.AddKeyedSingleton(nameof(Wakes), (provider, _) => (IWebhookStore)real.ImplementationFactory!(provider));
        services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(provider =>
        {
            wakes._store = provider.GetRequiredKeyedService<IWebhookStore>(nameof(Wakes));
            return proxy;
        }));
        return wakes;
    }

    public void Clear() => Volatile.Write(ref _count, 0);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IWebhookEventTable.Wake) && args![0] is null)
        {
            Interlocked.Increment(ref _count);
        }

        try
        {
            return targetMethod.Invoke(_store, args);
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }
}
