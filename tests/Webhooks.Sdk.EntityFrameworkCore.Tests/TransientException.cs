using System;

namespace Webhooks.Sdk.EntityFrameworkCore.Tests;

/// <summary>A fault that the next attempt does not meet.</summary>
public sealed class TransientException() : Exception("The network is away for a moment.");
