using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Webhooks.Sdk.Generators.Tests.Compiling;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

/// <summary>
/// Types that nobody thought of, with values that nobody thought of, against System.Text.Json.
/// </summary>
public sealed class RandomShapesTests
{
    private const int Types = 60;
    private const int ValuesPerType = 30;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WriteJson_RandomTypesAndValues_MeanTheSameAsToSystemTextJson(int seed)
    {
        (Compilation compilation, var problems) = UserCode.CompileWithGenerated(RandomShapes.Source(new Random(seed), Types));
        Assert.Empty(problems.Where(problem => problem.Id != "CS8019"));
        using var image = new MemoryStream();
        Assert.True(compilation.Emit(image).Success);
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(name: null).LoadFromStream(image);
        var values = new RandomValues(new Random(seed));

        Type[] types = [.. assembly.GetTypes().Where(type => type.IsDefined(typeof(WebhookDataAttribute)))];

        Assert.Equal(Types, types.Length);
        foreach (Type type in types)
        {
            for (int i = 0; i < ValuesPerType; i++)
            {
                object data = values.Create(type, depth: 0)!;

                Expected.SameMeaning(data, type, Guarded.Write((IWebhookData)data));
            }
        }
    }
}
