using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using Microsoft.Extensions.DependencyInjection;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>What the instruments of one container measured.</summary>
internal sealed class HeardMetrics : IDisposable
{
    private readonly ConcurrentQueue<(string Name, double Value, string Tags)> _measured = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public HeardMetrics(IServiceProvider provider)
    {
        object scope = provider.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Webhooks.Sdk" && instrument.Meter.Scope == scope)
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, Instrument> Instruments => _instruments;

    public IReadOnlyList<(string Name, double Value, string Tags)> All => [.. _measured];

    public IEnumerable<(double Value, string Tags)> Of(string name) =>
        _measured.Where(measured => measured.Name == name).Select(measured => (measured.Value, measured.Tags));

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string text = string.Join(
            ' ',
            tags.ToArray().Where(tag => tag.Key is not "server.port").OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
        _measured.Enqueue((instrument.Name, value, text));
    }
}
