using System;
using System.IO;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Webhooks.Sdk.Benchmarks;

if (args is ["--smoke"])
{
    return Smoke.RunAll();
}

// Reports go where build output goes, whatever folder this is started from.
string artifacts = Path.Combine(AppContext.BaseDirectory, "../../../benchmarks");

BenchmarkSwitcher.FromAssembly(typeof(Smoke).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.GetFullPath(artifacts)));
return 0;
