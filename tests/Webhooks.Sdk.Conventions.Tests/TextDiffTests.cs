using Xunit;

namespace Webhooks.Sdk.Conventions.Tests;

public sealed class TextDiffTests
{
    [Fact]
    public void Lines_SameText_IsEmpty()
    {
        Assert.Empty(TextDiff.Lines("A\n    b", "A\n    b"));
    }

    [Fact]
    public void Lines_ChangedMember_IsShownUnderItsType()
    {
        Assert.Equal(
            ["  B", "-     old", "+     new", "+ C"],
            TextDiff.Lines("A\n    same\nB\n    old\n    same", "A\n    same\nB\n    new\n    same\nC"));
    }
}
