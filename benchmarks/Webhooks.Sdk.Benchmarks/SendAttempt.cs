using System;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Sending;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Posts 155 bytes through the runtime's whole HTTP stack to a connection that answers at once: the work of this machine, without a network.
/// </summary>
[MemoryDiagnoser]
public class SendAttempt : Sends
{
    public SendAttempt()
        : base(Workshop.InMemory(), new Uri("http://receiver.example/hooks"))
    {
    }
}
