using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// Listens to everything that a program can overhear: every log line at Trace with its arguments and scopes, every activity with its tags.
/// </summary>
internal sealed class Overheard : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _activities;

    public Overheard()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public IReadOnlyCollection<string> Texts => _texts;

    public void Note(object? text) => _texts.Enqueue(text?.ToString() ?? string.Empty);

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose() => _activities.Dispose();

    private void Note(Activity activity)
    {
        Note(activity.OperationName);
        Note(activity.DisplayName);
        Note(activity.StatusDescription);

        foreach (KeyValuePair<string, object?> tag in activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)).Concat(activity.Baggage.Select(b => KeyValuePair.Create(b.Key, (object?)b.Value))))
        {
            Note($"{tag.Key}={tag.Value}");
        }
    }

    private sealed class Logger(Overheard overheard) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            overheard.Note(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            overheard.Note(formatter(state, exception));
            overheard.Note(exception);

            if (state is IEnumerable<KeyValuePair<string, object?>> arguments)
            {
                foreach (KeyValuePair<string, object?> argument in arguments)
                {
                    overheard.Note(argument.Value);
                }
            }
        }
    }
}
