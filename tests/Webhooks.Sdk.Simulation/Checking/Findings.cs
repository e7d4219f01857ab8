using System;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>Remembers the first promise that was not kept: production code may well survive the exception that says so.</summary>
internal sealed class Findings
{
    public Exception? First { get; private set; }

    /// <summary>Checks something.</summary>
    /// <exception cref="Violation">A promise was not kept.</exception>
    public void Check(Action check)
    {
        try
        {
            check();
        }
        catch (Exception exception)
        {
            First ??= exception;
            throw;
        }
    }
}
