namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// A benchmark whose time is taken, whatever it returns.
/// </summary>
internal interface IStopwatched
{
    string Name { get; }

    /// <summary>
    /// Gets the time of one call in the best batch so far, less what calling an empty method costs.
    /// </summary>
    double Nanoseconds { get; }

    /// <summary>
    /// Gets the bytes that one call allocates.
    /// </summary>
    long AllocatedBytes { get; }

    void WarmUp();

    void Calibrate();

    void Measure();
}
