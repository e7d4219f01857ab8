using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace Webhooks.Sdk.Generators.Tests;

public sealed class JsonNamesTests
{
    private const string Alphabet = "aAbB1_éÉ";

    private static readonly (JsonKnownNamingPolicy Known, JsonNamingPolicy Policy)[] Policies =
    [
        (JsonKnownNamingPolicy.CamelCase, JsonNamingPolicy.CamelCase),
        (JsonKnownNamingPolicy.SnakeCaseLower, JsonNamingPolicy.SnakeCaseLower),
        (JsonKnownNamingPolicy.SnakeCaseUpper, JsonNamingPolicy.SnakeCaseUpper),
        (JsonKnownNamingPolicy.KebabCaseLower, JsonNamingPolicy.KebabCaseLower),
        (JsonKnownNamingPolicy.KebabCaseUpper, JsonNamingPolicy.KebabCaseUpper),
    ];

    [Fact]
    public void Convert_EveryPolicyAndMixOfLetters_IsThatOfSystemTextJson()
    {
        var random = new Random(1);
        string[] names =
        [
            "IOStream", "IO", "URL", "MyURLIs", "ID", "X", "userID2Go", "_hidden", "Ünïcode", "𝐀b",
            .. Enumerable.Range(0, 5000).Select(i => string.Concat(Enumerable.Range(0, 1 + (i % 9)).Select(_ => Alphabet[random.Next(Alphabet.Length)]))),
        ];

        foreach ((JsonKnownNamingPolicy known, JsonNamingPolicy policy) in Policies)
        {
            Assert.Equal(names.Select(policy.ConvertName), names.Select(name => JsonNames.Convert(name, (int)known)));
        }

        Assert.All(names, name => Assert.Equal(name, JsonNames.Convert(name, (int)JsonKnownNamingPolicy.Unspecified)));
    }

    [Theory]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\b\t\n\f\r\u0001\u001F", "\\b\\t\\n\\f\\r\\u0001\\u001F")]
    [InlineData("é😀\u2028", "é😀\u2028")]
    public void Escape_WhatMustBe_IsEscaped(string text, string expected)
    {
        Assert.Equal(expected, JsonNames.Escape(text));
    }

    [Fact]
    public void Escape_LoneSurrogates_AreReplaced()
    {
        Assert.Equal("\uFFFDa\uFFFD", JsonNames.Escape("\uD800a\uDC00"));
    }
}
