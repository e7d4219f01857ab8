using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.RegularExpressions;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Keeps the tables of one benchmark with all that they depend on: <c>benchmarks/results/&lt;cpu&gt;/&lt;benchmark&gt;.md</c>.
/// </summary>
internal static partial class ResultFile
{
    private const string Folder = "benchmarks/results";

    /// <summary>
    /// Writes the file and gives its path.
    /// </summary>
    public static string Write(Type type, string tables)
    {
        string time = Interleaved.IsElapsedTime(type) ? "by the time of day" : "in thread CPU time";

        return Write(
            $"{type.Name}.{VectorsName.ToLowerInvariant()}.md",
            $"{type.Name}, {VectorsName}",
            $"Best of {Interleaved.Rounds} batches of each, taken in turns, {time}, less the cost of an empty call.",
            $"--interleaved {type.Name}",
            tables);
    }

    /// <summary>
    /// Writes the file of what is measured by the clock on the wall, and gives its path.
    /// </summary>
    public static string WriteRates(Type type, string tables) =>
        Write(
            $"{type.Name}.md",
            type.Name,
            $"Median and range of {Rates.Rounds} rounds in which all take turns, and the median of the ratios to the baseline of the same round.",
            $"--rates {type.Name}",
            tables);

    /// <summary>
    /// Writes the file of what measures by itself, and gives its path.
    /// </summary>
    public static string WriteFigures(IFigures figures, string tables)
    {
        string name = figures.GetType().Name;
        return Write($"{name}.md", name, figures.Method, $"--figures {name}", tables);
    }

    private static string Write(string file, string title, string method, string arguments, string tables)
    {
        string cpu = NotInNames.Replace(CpuName.ToLowerInvariant(), "-").Trim('-');
        string path = Path.Combine(FindRoot(), Folder, cpu, file);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Describe(title, method, arguments) + tables);
        return path;
    }

    private static string CpuName =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string VectorsName =>
        Avx512BW.IsSupported ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : Vector128.IsHardwareAccelerated ? "Vector128"
        : "Scalar";

    private static string Describe(string title, string method, string arguments)
    {
        var text = new StringBuilder();

        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{method} Made with\n");
        text.Append(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/Webhooks.Sdk.Benchmarks -- {arguments} --results`.\n\n");

        foreach ((string name, string value) in Versions())
        {
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Versions()
    {
        yield return ("CPU", string.Create(CultureInfo.InvariantCulture, $"{CpuName}, {Environment.ProcessorCount} processors"));
        yield return ("OS", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("Runtime", RuntimeInformation.FrameworkDescription);
        yield return VersionOf(typeof(WebhookJsonWriter).Assembly);
        yield return VersionOf(typeof(System.Text.Json.Utf8JsonWriter).Assembly);
        yield return VersionOf(typeof(Newtonsoft.Json.JsonConvert).Assembly);
    }

    private static (string Name, string Version) VersionOf(Assembly assembly)
    {
        string version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return (assembly.GetName().Name!, version.Split('+')[0]);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Webhooks.Sdk.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Webhooks.Sdk.sln is in no folder above the program, so there is no place for results.");
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInNames { get; }
}
