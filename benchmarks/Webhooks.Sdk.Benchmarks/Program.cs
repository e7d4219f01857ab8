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
// anything else                          is BenchmarkDotNet's
if (args is ["--smoke"])
{
    return Smoke.RunAll();
}

if (args is ["--interleaved" or "--rates", .. string[] rest])
{
    bool isRates = args[0] == "--rates";
    string[] names = [.. rest.Where(argument => argument != "--results")];

    foreach (Type type in BenchmarkRun.Classes.Where(type => names.Length == 0 || names.Contains(type.Name, StringComparer.Ordinal)))
    {
        string tables = isRates ? Rates.Run(type) : Interleaved.Run(type);

        // Each way has its own benchmarks: what is awaited, and what is not.
        if (tables.Length == 0)
        {
            continue;
        }

        Console.WriteLine($"{type.Name}\n{tables}");

        if (rest.Contains("--results", StringComparer.Ordinal))
        {
            Console.WriteLine(isRates ? ResultFile.WriteRates(type, tables) : ResultFile.Write(type, tables));
        }
    }

    return 0;
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
