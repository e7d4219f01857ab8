using Xunit;

// Memory, sockets and time are measured: whoever runs beside would be measured along.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
