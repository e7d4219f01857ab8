using System;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql.Tests;

/// <summary>A store whose database has the time of a test: it is told whenever it has changed, before the call.</summary>
public class StoreAtTime : DispatchProxy
{
    private readonly Lock _lock = new();
    private object _store = null!;
    private TestSchema _schema = null!;
    private TimeProvider _time = null!;
    private DateTimeOffset _told;

    /// <summary>Replaces the database's clock.</summary>
    internal static async Task<T> CreateAsync<T>(T store, TestSchema schema, TimeProvider time)
        where T : class
    {
        await schema.RunAsync("CREATE TABLE IF NOT EXISTS webhooks.clock(at timestamptz NOT NULL)");
        await schema.RunAsync("INSERT INTO webhooks.clock SELECT '-infinity' WHERE NOT EXISTS(SELECT FROM webhooks.clock)");
        await schema.RunAsync("CREATE OR REPLACE FUNCTION webhooks.now() RETURNS timestamptz LANGUAGE sql STABLE RETURN (SELECT at FROM webhooks.clock)");
        T proxy = Create<T, StoreAtTime>();
        var state = (StoreAtTime)(object)proxy;
        (state._store, state._schema, state._time) = (store, schema, time);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        lock (_lock)
        {
            if (_time.GetUtcNow() is var now && now != _told)
            {
                _schema.RunAsync($"UPDATE webhooks.clock SET at = '{now:O}'").GetAwaiter().GetResult();
                _told = now;
            }
        }

        return targetMethod!.Invoke(_store, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
