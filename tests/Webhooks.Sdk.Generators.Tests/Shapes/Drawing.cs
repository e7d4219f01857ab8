using System.Collections.Generic;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial record Drawing(Shape Main, List<Shape> Others);
