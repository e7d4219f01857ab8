using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Text;
using System.Threading;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Seals under a key in a file beside the database, which is made at first use and which only its owner may read.
/// </summary>
/// <remarks>
/// It keeps secrets out of copies and backups of the database; whoever reads the process's files reads the key, too.
/// </remarks>
internal sealed class KeyFileSealer : IWebhookSealer
{
    private const string KeyId = "file";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode OthersToo =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string _path;

    // A failure is not remembered: whoever mends the file need not restart.
    private readonly Lazy<WebhookKeySealer> _sealer;

    public KeyFileSealer(StoreFile file)
    {
        _path = $"{file.Path}.webhooks-key";
        _sealer = new Lazy<WebhookKeySealer>(Load, LazyThreadSafetyMode.PublicationOnly);
    }

    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose) => _sealer.Value.Seal(clear, purpose);

    public bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear) =>
        _sealer.Value.TryUnseal(sealedBytes, purpose, out clear);

    private WebhookKeySealer Load()
    {
        if (!File.Exists(_path))
        {
            Create();
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & OthersToo) != UnixFileMode.None)
        {
            throw new InvalidOperationException($"Others than its owner may read the key file '{_path}'. Run: chmod 600 '{_path}'");
        }

        try
        {
            return new WebhookKeySealer(WebhookSealingKey.Parse(File.ReadAllText(_path).Trim()));
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException($"The key file '{_path}' holds no sealing key. Restore it from a backup: without it, stored secrets cannot be read.", e);
        }
    }

    private void Create()
    {
        string unfinished = $"{_path}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(WebhookSealingKey.Generate(KeyId).Reveal()));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            // Whole or not at all; and of two processes, the first one's stays.
            File.Move(unfinished, _path, overwrite: false);
        }
        catch (IOException) when (File.Exists(_path))
        {
            File.Delete(unfinished);
        }
    }
}
