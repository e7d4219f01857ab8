using System;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Webhooks.Sdk.Benchmarks.Measuring;

// --smoke                                runs each benchmark once
// --interleaved [classes…] [--results]   compares them in turns; keeps the tables in benchmarks/results
// --rates [classes…] [--results]         compares what runs on many threads or waits for a disk, by the clock on the wall
// --figures [classes…] [--results]       shows what is counted, or changes while it runs
// anything else                          is BenchmarkDotNet's
if (args is ["--smoke"])
{
    return Smoke.RunAll();
}

if (args is ["--interleaved" or "--rates" or "--figures", .. string[] rest])
{
    string[] names = [.. rest.Where(static argument => argument != "--results")];
    bool IsWanted(Type type) => names.Length == 0 || names.Contains(type.Name, StringComparer.Ordinal);

    if (args[0] == "--figures")
    {
        foreach (IFigures figures in Figures.All.Where(figures => IsWanted(figures.GetType())))
        {
            Show(figures.GetType(), await figures.MeasureAsync(), (_, tables) => ResultFile.WriteFigures(figures, tables));
        }

        return 0;
    }

    bool isRates = args[0] == "--rates";

    foreach (Type type in BenchmarkRun.Classes.Where(IsWanted))
    {
        Show(type, isRates ? Rates.Run(type) : Interleaved.Run(type), isRates ? ResultFile.WriteRates : ResultFile.Write);
    }

    return 0;

    void Show(Type type, string tables, Func<Type, string, string> write)
    {
        // Each way has its own benchmarks: what is awaited, and what is not.
        if (tables.Length == 0)
        {
            return;
        }

        Console.WriteLine($"{type.Name}\n{tables}");

        if (rest.Contains("--results", StringComparer.Ordinal))
        {
            Console.WriteLine(write(type, tables));
        }
    }
}

// Reports go where build output goes, whatever folder this is started from.
string artifacts = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../benchmarks"));
Job job = Job.Default;

if (ThreadCpuClock.Instance.IsAvailable)
{
    // A clock of our own works only in the process that has it.
    job = job.WithClock(ThreadCpuClock.Instance).WithToolchain(InProcessEmitToolchain.Instance);
}

BenchmarkSwitcher.FromAssembly(typeof(Smoke).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).WithArtifactsPath(artifacts));
return 0;
