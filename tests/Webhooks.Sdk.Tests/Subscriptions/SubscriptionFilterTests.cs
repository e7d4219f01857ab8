using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Webhooks.Sdk.Subscriptions;
using Xunit;

namespace Webhooks.Sdk.Tests.Subscriptions;

public sealed class SubscriptionFilterTests
{
    [Theory]
    [InlineData("{}", """{"a":1}""", true)]
    [InlineData("{}", "[]", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"a":1}""", """{"a":2}""", false)]
    [InlineData("""{"a":1}""", """{"b":1}""", false)]
    [InlineData("""{"a":1}""", "[1]", false)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":"1"}""", """{"a":1}""", false)]
    [InlineData("""{"a":null}""", """{"a":null}""", true)]
    [InlineData("""{"a":null}""", "{}", false)]
    [InlineData("""{"a":true,"b":"x"}""", """{"b":"x","a":true}""", true)]
    [InlineData("""{"a":true,"b":"x"}""", """{"b":"y","a":true}""", false)]
    [InlineData("""{"a.b.c":"Zoé"}""", """{"a":{"b":{"c":"Zo\u00e9"}}}""", true)]
    [InlineData("""{"a.b":1}""", """{"a":[{"b":1}]}""", false)]
    [InlineData("""{"a.b":1}""", """{"a.b":1}""", true)]
    [InlineData("""{"a.b.c":1}""", """{"a.b":{"c":1}}""", true)]
    [InlineData("""{"a":{"x":1,"y":[2,3]}}""", """{"a":{"y":[2,3],"x":1}}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    public void Matches_Table(string filter, string data, bool expected)
    {
        Assert.Equal(expected, Parse(filter).Matches(JsonDocument.Parse(data).RootElement));
    }

    [Fact]
    public void Matches_RandomShapes_EveryPathOfTheDataMatchesAndAnotherValueDoesNot()
    {
        var random = new Random(20260301);

        for (int i = 0; i < 2_000; i++)
        {
            JsonObject data = Shape(random, depth: 3);
            JsonElement element = JsonDocument.Parse(data.ToJsonString()).RootElement;
            var members = Paths(data, "").ToList();
            string all = new JsonObject(members.Select(member => KeyValuePair.Create(member.Path, (JsonNode?)member.Value))).ToJsonString();
            (string path, int value) = members[random.Next(members.Count)];

            Assert.True(Parse(all).Matches(element), all);
            Assert.False(Parse(new JsonObject { [path] = value + 1 }.ToJsonString()).Matches(element), path);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("{'secret':1}")]
    public void Parse_NoObject_ThrowsWithoutShowingIt(string filter)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => Parse(filter));

        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new WebhookSubscription
        {
            Id = "s",
            EventTypes = ["*"],
            Endpoint = new WebhookEndpoint("https://a.example"),
            Filter = Encoding.UTF8.GetBytes(filter),
        });
    }

    [Fact]
    public void Parse_TooLong_Throws()
    {
        Assert.Throws<ArgumentException>(() => Parse($$"""{"a":"{{new string('x', SubscriptionFilter.MaxLength)}}"}"""));
    }

    private static SubscriptionFilter Parse(string filter) => SubscriptionFilter.Parse(Encoding.UTF8.GetBytes(filter), nameof(filter));

    private static JsonObject Shape(Random random, int depth)
    {
        var shape = new JsonObject();

        for (int i = 0; i <= random.Next(4); i++)
        {
            shape[$"m{i}"] = depth > 0 && random.Next(2) == 0 ? Shape(random, depth - 1) : random.Next(100);
        }

        return shape;
    }

    private static IEnumerable<(string Path, int Value)> Paths(JsonObject shape, string prefix) =>
        shape.SelectMany(member => member.Value is JsonObject inner
            ? Paths(inner, $"{prefix}{member.Key}.")
            : [($"{prefix}{member.Key}", member.Value!.GetValue<int>())]);
}
