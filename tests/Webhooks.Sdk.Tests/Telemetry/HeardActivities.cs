using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace Webhooks.Sdk.Tests.Telemetry;

/// <summary>The spans of some sources that concern one server: other tests run beside this one.</summary>
internal sealed class HeardActivities : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;
    private readonly int _port;

    public HeardActivities(int port, Func<string, bool> isSource, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _port = port;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => isSource(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _stopped.Where(activity => activity.GetTagItem("server.port") is int port && port == _port)];

    public void Dispose() => _listener.Dispose();

    public static string Describe(Activity activity) => string.Join(
        ' ',
        activity.TagObjects.Where(tag => tag.Key != "server.port").OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
}
