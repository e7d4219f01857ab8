using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Webhooks.Sdk.Generators.Tests.Shapes;

[WebhookData]
public sealed partial record Text(
    string Required,
    string? Optional,
    char Letter,
    char? OptionalLetter,
    Uri? Link,
    byte[]? Bytes,
    ReadOnlyMemory<byte> Memory,
    ReadOnlyMemory<byte>? OptionalMemory,
    JsonElement Element,
    JsonElement? OptionalElement,
    IReadOnlyList<string?>? Lines,
    IReadOnlyDictionary<string, string?>? Pairs);
