using System;

namespace Webhooks.Sdk;

/// <summary>Keeps apart URLs that are sent byte for byte and those that <see cref="Uri"/> normalises, where they are stored as text.</summary>
internal static class StoredUrl
{
    public static bool IsOpaque(Uri url) => new Uri(url.OriginalString).AbsoluteUri != url.AbsoluteUri;

    public static Uri Read(string text, bool isOpaque) => isOpaque ? WebhookUrl.Opaque(text) : new Uri(text);
}
