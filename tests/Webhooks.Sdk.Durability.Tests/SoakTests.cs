using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

public sealed class SoakTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Run_SteadyLoad_GrowsNeitherTheFileNorTheMemory()
    {
        using var database = new SqliteDatabase();

        SoakFigures figures = await new SoakRun(database, () => Task.FromResult((Size(database.Path), 0L)), output).RunAsync();

        figures.AssertFlat(static sample => sample.Rows, growth: 0.25);
        figures.AssertFlat(static sample => sample.Memory, growth: 0.25, slack: 1 << 20);
        figures.AssertFlat(static sample => sample.Stored.Events, growth: 0.5);
        Assert.InRange(figures.Late(static sample => sample.Stored.Waiting), 0, 1000);
        Assert.True(figures.Last.Stored.DeadLetters > 0);
        Assert.Equal(0, await database.CountAsync("webhooks_attempt AS a WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = a.event)"));
        Assert.Equal(0, await database.CountAsync("webhooks_dead_letter AS l WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = l.event)"));
        Assert.Equal(0, await database.CountAsync("webhooks_delivery AS d WHERE NOT EXISTS(SELECT 1 FROM webhooks_event AS e WHERE e.n = d.event)"));
    }

    private static long Size(string path) => new[] { path, $"{path}-wal" }.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);
}
