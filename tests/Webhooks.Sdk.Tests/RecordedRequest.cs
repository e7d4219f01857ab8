using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Webhooks.Sdk.Tests;

/// <summary>A request as the server read it off the socket.</summary>
internal sealed record RecordedRequest(string RequestLine, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string Target => RequestLine.Split(' ')[1];

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The value of the one header of this name; null when there is none, an exception when there are several.</summary>
    public string? Header(string name) =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).SingleOrDefault();
}
