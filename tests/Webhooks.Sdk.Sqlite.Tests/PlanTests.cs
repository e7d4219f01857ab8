using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class PlanTests(ITestOutputHelper output)
{
    private const int StatusReprepare = 5;

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

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Statement_BoundAgain_IsNotPreparedAgain(string name)
    {
        using StoreFixture fixture = await StoreFixture.OpenAsync();

        await using var connection = new SqliteConnection(fixture.Directory.ConnectionString);
        await connection.OpenAsync();
        connection.CreateFunction("webhooks_now", () => 1L);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(connection.Handle, Texts()[name], out sqlite3_stmt statement));

        foreach (int value in new[] { 1, 2, 3 })
        {
            Enumerable.Range(1, raw.sqlite3_bind_parameter_count(statement)).ToList().ForEach(index => raw.sqlite3_bind_int64(statement, index, value));
            raw.sqlite3_step(statement);
            raw.sqlite3_reset(statement);
        }

        int preparations = raw.sqlite3_stmt_status(statement, StatusReprepare, 0);
        statement.Dispose();
        Assert.Equal(0, preparations);
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
