using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading;
using Npgsql;
using Webhooks.Sdk.PostgreSql;

namespace Webhooks.Sdk.Benchmarks.Delivering;

/// <summary>
/// Counts the statements that are sent through its data sources, by name where they are the store's. Thread-safe.
/// </summary>
internal sealed partial class StatementCounter : IDisposable
{
    private static readonly Dictionary<string, string> Names = typeof(Sql).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(static field => field.IsLiteral && field.FieldType == typeof(string))
        .GroupBy(static field => Normalize((string)field.GetRawConstantValue()!), static field => field.Name, StringComparer.Ordinal)
        .ToDictionary(static names => names.Key, static names => names.First(), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    // Npgsql calls back about what somebody listens to, and about nothing else.
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = static source => source.Name == "Npgsql",
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    private int _roundTrips;

    public StatementCounter() => ActivitySource.AddActivityListener(_listener);

    /// <summary>Makes a data source whose statements are counted.</summary>
    public NpgsqlDataSource Connect(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConfigureTracing(tracing => tracing
            .ConfigureCommandEnrichmentCallback((_, command) => Count(command.CommandText))
            .ConfigureBatchEnrichmentCallback((_, batch) => Count([.. batch.BatchCommands.Select(static (NpgsqlBatchCommand command) => command.CommandText)])));
        return builder.Build();
    }

    /// <summary>Gives what was counted since this was last asked: round trips, and statements by their names.</summary>
    public (int RoundTrips, IReadOnlyDictionary<string, int> Statements) Take()
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);

        foreach (string name in _counts.Keys)
        {
            if (_counts.TryRemove(name, out int count))
            {
                taken.Add(name, count);
            }
        }

        return (Interlocked.Exchange(ref _roundTrips, 0), taken);
    }

    public void Dispose() => _listener.Dispose();

    private void Count(params IEnumerable<string> statements)
    {
        Interlocked.Increment(ref _roundTrips);

        foreach (string statement in statements)
        {
            string text = Normalize(statement);
            _counts.AddOrUpdate(Names.GetValueOrDefault(text) ?? text[..Math.Min(text.Length, 60)], 1, static (_, count) => count + 1);
        }
    }

    private static string Normalize(string statement) => Spaces.Replace(Varying.Replace(statement, "?"), " ").Trim();

    // The schema that statements are in, and the limits that are put into them.
    [GeneratedRegex("""webhooks\.|"w[0-9a-f]{32}"\.|(?<=LIMIT )\d+""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Varying { get; }

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces { get; }
}
