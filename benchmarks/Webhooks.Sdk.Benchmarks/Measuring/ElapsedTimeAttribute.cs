using System;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// Says that the benchmarks of a class wait for other threads: the time that passes is taken, and what all threads allocate.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ElapsedTimeAttribute : Attribute;
