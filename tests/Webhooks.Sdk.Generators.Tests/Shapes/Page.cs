using System.Collections.Generic;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial record Page<T>(IReadOnlyList<T> Items, T First, int Total)
    where T : IWebhookData;
