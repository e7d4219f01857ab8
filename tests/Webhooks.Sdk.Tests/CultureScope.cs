using System;
using System.Globalization;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// Makes a culture the current one until it is disposed.
/// </summary>
internal sealed class CultureScope : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CultureScope(string name)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
