using System;
using System.Linq;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class WebhookKeySealerTests
{
    private static readonly WebhookSealingKey Key = WebhookSealingKey.Parse("2026-01:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public void TryUnseal_WhatWasSealed_GivesItBack(int length)
    {
        byte[] clear = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        var sealer = new WebhookKeySealer(Key);

        byte[] first = sealer.Seal(clear, "a");
        byte[] second = sealer.Seal(clear, "a");

        Assert.True(sealer.TryUnseal(first, "a", out byte[]? unsealed));
        Assert.Equal(clear, unsealed);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void TryUnseal_AnyByteChanged_Refuses()
    {
        var sealer = new WebhookKeySealer(Key);
        byte[] sealedBytes = sealer.Seal("secret"u8, "a");

        for (int i = 0; i < sealedBytes.Length; i++)
        {
            byte[] changed = [.. sealedBytes];
            changed[i] ^= 1;

            Assert.False(sealer.TryUnseal(changed, "a", out _));
            Assert.False(sealer.TryUnseal(sealedBytes.AsSpan(0, i), "a", out _));
        }

        Assert.Equal(-1, sealedBytes.AsSpan().IndexOf("secret"u8));
    }

    [Fact]
    public void TryUnseal_OtherPurposeOrKey_Refuses()
    {
        byte[] sealedBytes = new WebhookKeySealer(Key).Seal("secret"u8, "endpoint:a");
        var sameId = new WebhookKeySealer(WebhookSealingKey.Generate(Key.Id));

        Assert.False(new WebhookKeySealer(Key).TryUnseal(sealedBytes, "endpoint:b", out _));
        Assert.False(new WebhookKeySealer(WebhookSealingKey.Generate("other")).TryUnseal(sealedBytes, "endpoint:a", out _));
        Assert.False(sameId.TryUnseal(sealedBytes, "endpoint:a", out _));
    }

    [Fact]
    public void Seal_NewKeyInFront_UnsealsTheOldAndSealsUnderTheNew()
    {
        var fresh = WebhookSealingKey.Generate("2026-02");
        byte[] old = new WebhookKeySealer(Key).Seal("secret"u8, "a");
        var rotated = new WebhookKeySealer(fresh, Key);

        Assert.True(rotated.TryUnseal(old, "a", out _));
        Assert.True(new WebhookKeySealer(fresh).TryUnseal(rotated.Seal("secret"u8, "a"), "a", out _));
    }

    [Fact]
    public void Keys_ThatCannotServe_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new WebhookKeySealer());
        Assert.Throws<ArgumentException>(() => new WebhookKeySealer(Key, WebhookSealingKey.Generate(Key.Id)));
        Assert.Throws<ArgumentException>(() => WebhookSealingKey.Generate("a b"));

        foreach (string text in new[] { "", "no-colon", "id:AAAA", "id:%%%", ":AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "id:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gIQ==" })
        {
            Assert.Throws<ArgumentException>(() => WebhookSealingKey.Parse(text));
        }
    }

    [Fact]
    public void Texts_ShowNoKey()
    {
        Assert.Equal("2026-01:***", Key.ToString());
        Assert.Equal("AES-GCM under 2026-01", new WebhookKeySealer(Key).ToString());
        Assert.Equal(Key.Reveal(), WebhookSealingKey.Parse(Key.Reveal()).Reveal());
    }
}
