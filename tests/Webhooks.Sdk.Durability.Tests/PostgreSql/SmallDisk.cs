using System;
using System.Diagnostics;
using System.IO;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>A disk of a few megabytes, in memory, that can be filled. Only root may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    private SmallDisk(string path) => (Path, _filler) = (path, System.IO.Path.Combine(path, "filler"));

    public string Path { get; }

    /// <summary>Gives a disk that belongs to a user, or null where none can be mounted.</summary>
    public static SmallDisk? TryMount(int megabytes, string owner)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        string path = Directory.CreateTempSubdirectory("webhooks-disk-").FullName;

        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path))
        {
            string data = System.IO.Path.Combine(path, "data");
            Directory.CreateDirectory(data);

            if (Run("chown", owner, path, data))
            {
                return new SmallDisk(path);
            }

            Run("umount", path);
        }

        Directory.Delete(path);
        return null;
    }

    public void Fill()
    {
        try
        {
            using var file = new FileStream(_filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            byte[] block = new byte[4096];

            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
