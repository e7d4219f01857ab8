using System;

namespace Webhooks.Sdk.Ed25519.Tests;

/// <summary>The key pair of the published vectors, and another.</summary>
internal static class TestKeys
{
    public const string PrivateText = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    public const string SeedText = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbc=";
    public const string PublicText = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=";

    public static Ed25519PrivateKey Private { get; } = Ed25519PrivateKey.Parse(PrivateText);

    public static Ed25519PublicKey Public { get; } = Ed25519PublicKey.Parse(PublicText);

    public static Ed25519PrivateKey Other { get; } = Ed25519PrivateKey.Generate();

    public static WebhookSecret Secret { get; } = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    public static Ed25519PrivateKey OfSeed(string hex) => Ed25519PrivateKey.Parse($"whsk_{Convert.ToBase64String(Convert.FromHexString(hex))}");
}
