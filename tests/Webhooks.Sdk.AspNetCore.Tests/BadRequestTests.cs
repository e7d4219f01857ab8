using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Xunit;
using static Webhooks.Sdk.AspNetCore.Tests.HttpAnswer;

namespace Webhooks.Sdk.AspNetCore.Tests;

/// <summary>What strangers may send: always a problem of theirs, never one of ours, and nothing is stored.</summary>
public sealed class BadRequestTests
{
    private const string Good = """{"event":"NewOpportunity","url":"https://127.0.0.1:44300/hooks"}""";

    public static TheoryData<string, int> Bodies => new()
    {
        { "", 400 },
        { "nonsense", 400 },
        { "null", 400 },
        { "[]", 400 },
        { "\"https://127.0.0.1/\"", 400 },
        { "{}", 400 },
        { Good + "x", 400 },
        { """{"event":"NewOpportunity"}""", 400 },
        { """{"url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://127.0.0.1/","hookUrl":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://127.0.0.1/","URL":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","event":"invoice.paid","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","events":["invoice.paid"],"url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://127.0.0.1/","other":{"a":1,"a":2}}""", 400 },
        { """{"event":7,"url":"https://127.0.0.1/"}""", 400 },
        { """{"event":null,"url":"https://127.0.0.1/"}""", 400 },
        { """{"events":[],"url":"https://127.0.0.1/"}""", 400 },
        { """{"events":["NewOpportunity",null],"url":"https://127.0.0.1/"}""", 400 },
        { """{"events":{"a":"NewOpportunity"},"url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":["https://127.0.0.1/"]}""", 400 },
        { """{"event":"NewOpportunity","url":null}""", 400 },
        { """{"event":"NewOpportunity","url":""}""", 400 },
        { """{"event":"NewOpportunity","url":"\ud800"}""", 400 },
        { """{"event":"NewOpportunity","\ud800":1,"url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NoSuchEvent","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"newopportunity","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"invoice.","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"no.*","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"**","url":"https://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"/relative"}""", 400 },
        { """{"event":"NewOpportunity","url":"http://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"ftp://127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"javascript:alert(1)"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://user:password@127.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://127.0.0.1/#fragment"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://10.0.0.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://169.254.169.254/latest/meta-data"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://[::ffff:10.0.0.1]/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://0x0a.1/"}""", 400 },
        { """{"event":"NewOpportunity","url":"https://no-such-host.invalid/"}""", 400 },
        { $$"""{"event":"NewOpportunity","url":"https://127.0.0.1/{{new string('a', 9000)}}"}""", 400 },
        { $$"""{"event":"{{new string('a', 10_000)}}","url":"https://127.0.0.1/"}""", 400 },
        { $$"""{"event":"NewOpportunity","url":"https://127.0.0.1/","deep":{{new string('[', 15)}}{{new string(']', 15)}}}""", 201 },
        { $$"""{"event":"NewOpportunity","url":"https://127.0.0.1/","deep":{{new string('[', 16)}}{{new string(']', 16)}}}""", 400 },
        { $$"""{"event":"NewOpportunity","url":"https://127.0.0.1/","deep":{{new string('[', 10_000)}}""", 400 },
        { $$"""{"event":"NewOpportunity","url":"https://127.0.0.1/","pad":"{{new string('a', 1 << 20)}}"}""", 413 },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Subscribe_Body_IsAnsweredByItsProblem(string body, int status)
    {
        await using SubscriptionApp app = await StartAsync();
        using HttpClient client = app.CreateClient();

        HttpAnswer answer = await PostAsync(client, "subscriptions", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? 1 : 0, (await app.Subscriptions.ListAsync(owner: null)).Count);

        if (status != 201)
        {
            AssertProblem(answer);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Subscribe_NotDeclaredAsJson_IsAnswered415(string? mediaType)
    {
        await using SubscriptionApp app = await StartAsync();
        using HttpClient client = app.CreateClient();

        HttpAnswer answer = await PostAsync(client, "subscriptions", Encoding.UTF8.GetBytes(Good), mediaType);

        Assert.Equal(415, answer.Status);
        AssertProblem(answer);
        Assert.Empty(await app.Subscriptions.ListAsync(owner: null));
    }

    [Fact]
    public async Task Subscribe_BytesThatAreNoUtf8_IsAnswered400()
    {
        await using SubscriptionApp app = await StartAsync();
        using HttpClient client = app.CreateClient();
        byte[] body = Encoding.Latin1.GetBytes("""{"event":"NewOpportunity","url":"https://127.0.0.1/é"}""");

        HttpAnswer answer = await PostAsync(client, "subscriptions", body);

        Assert.Equal(400, answer.Status);
        AssertProblem(answer);
    }

    [Fact]
    public async Task Subscribe_AThousandMutationsOfAGoodBody_AreEachAProblemOrASubscription()
    {
        await using SubscriptionApp app = await StartAsync();
        using HttpClient client = app.CreateClient();
        var random = new Random(20260301);
        var ids = new HashSet<string>();

        for (int i = 0; i < 1000; i++)
        {
            byte[] body = Mutate(Encoding.UTF8.GetBytes(Good), random);
            HttpAnswer answer = await PostAsync(client, "subscriptions", body);

            if (answer.Status is 200 or 201)
            {
                ids.Add(answer.Id);
            }
            else
            {
                Assert.True(answer.Status is >= 400 and < 500, $"Mutation {i}, {Convert.ToBase64String(body)}, was answered {answer.Status}.");
                AssertProblem(answer);
            }
        }

        // A mutation may be a good body, too; everything else has left nothing behind.
        Assert.InRange(ids.Count, 1, 500);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await app.Subscriptions.ListAsync(owner: null, limit: 1000)).Select(subscription => subscription.Id));
        Assert.DoesNotContain(app.Logs, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("process", """{"event":"NewOpportunity","hookUrl":"https://127.0.0.1/"}""")]
    [InlineData("process?c=EPT_Other", """{"event":"NewOpportunity","hookUrl":"https://127.0.0.1/"}""")]
    [InlineData("process?c=EPT_WebhookSubscribe", """{"event":"NewOpportunity"}""")]
    [InlineData("process?c=EPT_WebhookSubscribe", """{"event":"NoSuchEvent","hookUrl":"https://127.0.0.1/"}""")]
    [InlineData("process?c=EPT_WebhookSubscribe", """{"event":"NewOpportunity","hookUrl":"https://10.0.0.1/"}""")]
    [InlineData("process?c=EPT_WebhookSubscribe", "nonsense")]
    [InlineData("process?c=EPT_WebhookUnsubscribe", "{}")]
    [InlineData("process?c=EPT_WebhookUnsubscribe", """{"codeWebhookSubscription":["a"]}""")]
    [InlineData("process?c=EPT_WebhookPerformList", "{}")]
    [InlineData("process?c=EPT_WebhookPerformList", """{"event":"NoSuchEvent"}""")]
    public async Task Weavy_BadRequest_IsAnsweredByAProblem(string path, string body)
    {
        await using SubscriptionApp app = await StartAsync();
        using HttpClient client = app.CreateClient(path: "/v1/entrypoints/DEMO/");

        HttpAnswer answer = await PostAsync(client, path, body);

        Assert.InRange(answer.Status, 400, 499);
        AssertProblem(answer);
        Assert.Empty(await app.Subscriptions.ListAsync(owner: null));
    }

    private static void AssertProblem(HttpAnswer answer)
    {
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", answer.Json.GetProperty("title").GetString());
        Assert.NotEqual("", answer.Json.GetProperty("detail").GetString());
    }

    // Loopback is allowed, so that a good body stays good without a name server; http is not.
    private static Task<SubscriptionApp> StartAsync() => SubscriptionApp.StartAsync(
        map: app =>
        {
            SubscriptionApp.MapDefault(app);
            app.MapWeavyWebhooks("/v1/EntryPoints/{projectCode}", options => options.Owner = http => http.User.Identity!.Name);
        },
        options: options => options.AllowLoopback = true);

    private static byte[] Mutate(byte[] body, Random random)
    {
        List<byte> mutated = [.. body];

        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int position = random.Next(mutated.Count);

            switch (random.Next(5))
            {
                case 0:
                    mutated[position] = (byte)random.Next(256);
                    break;
                case 1:
                    mutated.RemoveAt(position);
                    break;
                case 2:
                    mutated.Insert(position, "\"{}[],:\\\0"u8[random.Next(9)]);
                    break;
                case 3:
                    mutated.RemoveRange(position, mutated.Count - position);
                    mutated.Add((byte)'}');
                    break;
                default:
                    int length = random.Next(mutated.Count - position);
                    mutated.InsertRange(random.Next(mutated.Count), mutated.GetRange(position, length));
                    break;
            }
        }

        return [.. mutated];
    }
}
