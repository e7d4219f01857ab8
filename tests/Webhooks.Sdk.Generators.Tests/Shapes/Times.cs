using System;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public readonly partial record struct Times(
    DateTime DateTime,
    DateTimeOffset DateTimeOffset,
    DateOnly DateOnly,
    TimeOnly TimeOnly,
    TimeSpan TimeSpan,
    Guid Guid,
    DateTime? NoDateTime,
    DateTimeOffset? NoDateTimeOffset,
    DateOnly? NoDateOnly,
    TimeOnly? NoTimeOnly,
    TimeSpan? NoTimeSpan,
    Guid? NoGuid);
