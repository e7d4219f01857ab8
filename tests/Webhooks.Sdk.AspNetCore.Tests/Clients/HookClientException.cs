using System;

namespace Webhooks.Sdk.AspNetCore.Tests.Clients;

/// <summary>The product shows its user a failure.</summary>
internal sealed class HookClientException(string message) : Exception(message);
