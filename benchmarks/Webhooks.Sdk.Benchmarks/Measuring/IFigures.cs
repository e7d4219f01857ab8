using System.Threading.Tasks;

namespace Webhooks.Sdk.Benchmarks.Measuring;

/// <summary>
/// What is counted, or changes while it runs, rather than compared by one time or rate: it measures by itself.
/// </summary>
internal interface IFigures
{
    /// <summary>Gets how it is measured, in one paragraph.</summary>
    string Method { get; }

    /// <summary>Measures, and gives tables as Markdown.</summary>
    Task<string> MeasureAsync();
}
