using System;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>
/// What the tests run as a process of its own.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [Worker.Name, string database, string number, string lease] => Worker.RunAsync(database, number, TimeSpan.Parse(lease, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"There is no program '{string.Join(' ', arguments)}'.", nameof(arguments)),
    };
}
