using System;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Sqlite.Tests;

public sealed class KeyFileSealerTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _directory = new();

    private string KeyFile => $"{_directory.Database}.webhooks-key";

    public void Dispose() => _directory.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Seal_FirstUse_MakesAKeyFileForItsOwnerOnly()
    {
        byte[] sealedBytes = NewSealer().Seal("secret"u8, "p");

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(KeyFile));
        Assert.Equal([KeyFile], Directory.GetFiles(_directory.Path));
        Assert.True(NewSealer().TryUnseal(sealedBytes, "p", out byte[]? clear));
        Assert.Equal("secret"u8.ToArray(), clear);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Seal_KeyFileThatOthersMayRead_IsRefusedUntilItIsMended()
    {
        KeyFileSealer sealer = NewSealer();
        File.WriteAllText(KeyFile, WebhookSealingKey.Generate("file").Reveal());
        File.SetUnixFileMode(KeyFile, OwnerOnly | UnixFileMode.GroupRead);

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => sealer.Seal("secret"u8, "p"));
        File.SetUnixFileMode(KeyFile, OwnerOnly);

        Assert.Contains($"chmod 600 '{KeyFile}'", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(sealer.Seal("secret"u8, "p"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void TryUnseal_KeyFileWithoutAKey_SaysSoAndShowsNothingOfIt()
    {
        File.WriteAllText(KeyFile, "file:c2VjcmV0");
        File.SetUnixFileMode(KeyFile, OwnerOnly);

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => NewSealer().TryUnseal([1], "p", out _));

        Assert.Contains("holds no sealing key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seal_ManyAtOnce_AgreeOnOneKey()
    {
        byte[][] sealedBytes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => NewSealer().Seal("secret"u8, "p"))));

        Assert.All(sealedBytes, bytes => Assert.True(NewSealer().TryUnseal(bytes, "p", out _)));
        Assert.Equal([KeyFile], Directory.GetFiles(_directory.Path));
    }

    private KeyFileSealer NewSealer() => new(new StoreFile(_directory.ConnectionString));
}
