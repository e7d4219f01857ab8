using Xunit;

// Processes are killed and time is measured: whoever runs beside would be measured along.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
