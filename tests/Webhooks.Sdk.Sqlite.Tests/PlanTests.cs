using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class PlanTests(ITestOutputHelper output)
{
    // Counts of everything, and tables of one row.
    private static readonly string[] MayScan =
    [
        nameof(Sql.Statistics), nameof(Sql.ReadVersion), nameof(Sql.HasSchema), nameof(Sql.Acquire), nameof(Sql.Renew), nameof(Sql.Release),
    ];

    public static TheoryData<string> Statements { get; } = [.. Texts().Keys];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statement_FindsItsRowsByAnIndex(string name)
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();

        List<string> plan = await PlanAsync(fixture, Texts()[name]);

        output.WriteLine($"{name}: {string.Join(" | ", plan)}");
        Assert.DoesNotContain(plan, step => step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal));

        if (!MayScan.Contains(name))
        {
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && step is not ("SCAN waiting" or "SCAN CONSTANT ROW"));
        }
    }

    [Fact]
    public void Statements_AllAreLookedAt()
    {
        Assert.Contains(nameof(Sql.InsertEvent), Texts().Keys);
        Assert.InRange(Texts().Count, 50, 100);
    }

    private static Dictionary<string, string> Texts() =>
        typeof(Sql).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(string))
            .Select(field => (field.Name, Text: (string)field.GetRawConstantValue()!))
            .Where(field => new[] { "SELECT", "UPDATE", "DELETE", "INSERT", "WITH" }.Contains(field.Text.Split([' ', '\n'])[0]) && field.Name != nameof(Sql.FreePages))
            .ToDictionary(field => field.Name, field => field.Text);

    private static Task<List<string>> PlanAsync(StoreFixture fixture, string sql) =>
        fixture.Store.Writer.WriteAsync(
            connection =>
            {
                using Statement explain = connection.Prepare($"EXPLAIN QUERY PLAN {sql}");
                var steps = new List<string>();

                while (explain.Step())
                {
                    steps.Add(explain.Text(3));
                }

                return steps;
            },
            CancellationToken.None);
}
