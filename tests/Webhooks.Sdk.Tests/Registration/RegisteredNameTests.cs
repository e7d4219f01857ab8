using System;
using System.Collections.Generic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

/// <summary>The one rule for the names of all registered endpoints: stores keep them.</summary>
public sealed class RegisteredNameTests
{
    private static readonly Dictionary<string, Action<IWebhooksBuilder, string>> Registrations = new(StringComparer.Ordinal)
    {
        ["endpoint"] = static (builder, name) => builder.AddEndpoint(name, static _ => { }),
        ["endpoint, configured"] = static (builder, name) => builder.AddEndpoint(name, Nothing()),
        ["Skalin account"] = static (builder, name) => builder.AddSkalin(name, static _ => { }),
        ["Skalin account, configured"] = static (builder, name) => builder.AddSkalin(name, Nothing()),
        ["Harmony server"] = static (builder, name) => builder.AddHarmony(name, static _ => { }),
        ["Harmony server, configured"] = static (builder, name) => builder.AddHarmony(name, Nothing()),
    };

    public static TheoryData<string> Kinds => [.. Registrations.Keys];

    private static IConfiguration Nothing() => new ConfigurationBuilder().Build();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Add_NameThatStoresCannotKeep_SaysWhatIsWrong(string kind)
    {
        foreach (string name in new[] { "", " ", "a/b", "a b", "é", "a\n", new string('a', 65) })
        {
            ArgumentException exception = Assert.Throws<ArgumentException>("name", () => Registrations[kind](new ServiceCollection().AddWebhooks(), name));

            Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
            Assert.Contains("1 to 64", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>("name", () => Registrations[kind](new ServiceCollection().AddWebhooks(), null!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Add_NameAtItsLimits_IsTaken(string kind)
    {
        foreach (string name in new[] { "a", "Z_9-.", new string('a', 64) })
        {
            Registrations[kind](new ServiceCollection().AddWebhooks(), name);
        }
    }
}
