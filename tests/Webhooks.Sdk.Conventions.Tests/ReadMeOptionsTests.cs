using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Conventions.Tests.Sources;
using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

/// <summary>The table of options in README.md, compared with the options.</summary>
public sealed partial class ReadMeOptionsTests
{
    private static readonly Dictionary<string, string[]> Table = Row.Matches(Repository.Read("README.md"))
        .Where(row => OptionName.IsMatch(row.Groups["names"].Value))
        .SelectMany(row => OptionName.Matches(row.Groups["names"].Value), (row, name) => (Name: name.Groups["name"].Value, Row: row))
        .Where(cell => typeof(WebhookOptions).GetProperty(cell.Name) is not null)
        .ToDictionary(cell => cell.Name, cell => new[] { cell.Row.Groups["default"].Value, cell.Row.Groups["range"].Value }, StringComparer.Ordinal);

    private static readonly Dictionary<string, object> Units = new(StringComparer.Ordinal)
    {
        [""] = 1,
        ["B"] = 1,
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
        ["GiB"] = 1 << 30,
        ["ms"] = TimeSpan.FromMilliseconds(1),
        ["s"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1),
    };

    public static TheoryData<string> WithARange => [.. NamesWithARange];

    private static IEnumerable<string> NamesWithARange => Table.Where(row => row.Value[1].Length > 0).Select(row => row.Key);

    [Fact]
    public void Table_NamesEveryOption()
    {
        Assert.Equal(typeof(WebhookOptions).GetProperties().Select(option => option.Name).Order(), Table.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(WithARange))]
    public void Table_DefaultAndRange_AreThoseThatHold(string name)
    {
        PropertyInfo option = typeof(WebhookOptions).GetProperty(name)!;
        string[] range = Table[name][1].Split(" to ");
        object least = Parse(range[0]);
        object most = Parse(range[1]);

        Assert.Equal(Parse(Table[name][0]), option.GetValue(new WebhookOptions()));
        Assert.True(IsValid(option, least));
        Assert.True(IsValid(option, most));
        Assert.False(IsValid(option, Next(least, -1)));
        Assert.False(IsValid(option, Next(most, 1)));
    }

    [Fact]
    public void Table_OptionsWithoutARange_AreOffByDefault()
    {
        var options = new WebhookOptions();

        foreach (string name in Table.Keys.Except(NamesWithARange).Except([nameof(WebhookOptions.UserAgent)]))
        {
            object? value = typeof(WebhookOptions).GetProperty(name)!.GetValue(options);

            Assert.StartsWith("none", Table[name][0], StringComparison.Ordinal);
            Assert.True(value is null or false or ICollection { Count: 0 }, name);
        }

        Assert.Matches(@"^Webhooks\.Sdk/\d+\.\d+\.\d+$", options.UserAgent);
        Assert.EndsWith("`Webhooks.Sdk/<version>`", Table[nameof(WebhookOptions.UserAgent)][0], StringComparison.Ordinal);
    }

    private static bool IsValid(PropertyInfo option, object value)
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddWebhooks(options => option.SetValue(options, value)).Services.BuildServiceProvider();

        return Record.Exception(() => provider.GetRequiredService<IOptions<WebhookOptions>>().Value) is null;
    }

    private static object Parse(string text)
    {
        string[] parts = text.Split(' ');
        int number = int.Parse(parts[0], CultureInfo.InvariantCulture);

        return Units[parts.ElementAtOrDefault(1) ?? ""] switch
        {
            TimeSpan unit => number * unit,
            int unit => number * unit,
            _ => throw new FormatException(text),
        };
    }

    private static object Next(object value, int step) => value switch
    {
        TimeSpan time => time + TimeSpan.FromTicks(step),
        int number => number + step,
        _ => throw new ArgumentException("Neither a number nor a time.", nameof(value)),
    };

    [GeneratedRegex(@"^\| (?<names>`[^|]*?) \| (?<default>[^|]*?) \| (?<range>[^|]*?) ?\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionName { get; }
}
