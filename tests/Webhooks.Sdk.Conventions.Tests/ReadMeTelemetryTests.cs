using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>The table of spans and metrics in README.md, compared with the names that the code has.</summary>
public sealed partial class ReadMeTelemetryTests
{
    private static readonly string Section = SectionOf(Repository.Read("README.md"));

    private static readonly string[] Names =
    [
        .. typeof(WebhookOptions).Assembly.GetType("Webhooks.Sdk.Telemetry.TelemetryNames", throwOnError: true)!
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Table_NamesEverySpanMetricAndAttribute()
    {
        Assert.NotEmpty(Names);
        Assert.All(Names, name => Assert.Contains($"`{name}`", Section, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_NamesNothingElse()
    {
        IEnumerable<string> named =
            from row in Section.Split('\n')
            where row.StartsWith("| `", StringComparison.Ordinal)
            from Match name in Dotted.Matches(row)
            select name.Groups["name"].Value;

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Names));
    }

    private static string SectionOf(string page)
    {
        string rest = page[page.IndexOf("\n## Limits, circuit breaking, telemetry\n", StringComparison.Ordinal)..];
        return rest[..rest.IndexOf("\n## Threat model\n", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"`(?<name>\w+(\.\w+)+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dotted { get; }
}
