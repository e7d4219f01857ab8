using System;
using System.IO;
using Xunit;

namespace Webhooks.Sdk.Ed25519.Tests;

public sealed class OpenSslTests
{
    [Fact]
    public void Load_NoneOfTheNamesIsThere_SaysWhatToInstall()
    {
        var refused = Assert.Throws<PlatformNotSupportedException>(() => OpenSsl.Load(["libcrypto-nobody-has.so.3", "libcrypto-nobody-either.so"]));

        Assert.Contains("libcrypto-nobody-has.so.3 or libcrypto-nobody-either.so", refused.Message);
        Assert.Contains("libssl3", refused.Message);
    }

    [Fact]
    public void Load_AnotherLibraryUnderTheName_IsTakenForNone()
    {
        string another = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, OperatingSystem.IsWindows() ? "coreclr.dll"
            : OperatingSystem.IsMacOS() ? "libSystem.Native.dylib" : "libSystem.Native.so");

        Assert.True(File.Exists(another));
        Assert.Throws<PlatformNotSupportedException>(() => OpenSsl.Load([another]));
    }

    [Fact]
    public void Load_FirstNameIsNotThere_TakesTheNext()
    {
        Assert.NotEqual(0, OpenSsl.Load(["libcrypto-nobody-has.so.3", .. OpenSsl.Names]));
    }
}
