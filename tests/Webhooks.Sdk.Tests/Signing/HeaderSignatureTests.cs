using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class HeaderSignatureTests
{
    private const string Everybody = "It's a Secret to Everybody";
    private const string Prefixed = "whsec_test_s3cret";
    private const string Accented = "clé-é€😀";
    private const string Json = """{"test": 2432232314}""";
    private const string Text = """{"name":"Žluťoučký €😀"}""";
    private const long Timestamp = 1614265330;

    // The first is the example of GitHub's documentation; the others were computed with another implementation.
    public static TheoryData<WebhookSignatureScheme, string[], string, string> Vectors { get; } = new()
    {
        { WebhookSignatureScheme.GitHub, [Everybody], "Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" },
        { WebhookSignatureScheme.GitHub, [Prefixed], Json, "sha256=017aee701ec7daf629f0fab39147249cf41d1c432df59cf57c2c9d5fdcb19a99" },
        { WebhookSignatureScheme.GitHub, [Accented], Text, "sha256=cf9ae9d47dff0257e815587bc2bbfb630d0d68fa9fddadea5eef67e5f741acb7" },
        { WebhookSignatureScheme.GitHub, [Everybody], "", "sha256=66a0c074deaa0f489ead6537e0d32f9a344b90bbeda705b6ed45ecd3b413fb40" },
        { WebhookSignatureScheme.Shopify, [Everybody], Json, "5kFtB7/ocJ598erHrJaEuWK0L5IbBPXuRn08t31TcTo=" },
        { WebhookSignatureScheme.Shopify, [Accented], Text, "z5rp1H3/AlfoFVh7wrv7Yw0NaPqf3a3qXu9n5fdBrLc=" },
        { WebhookSignatureScheme.Shopify, [Prefixed], "", "lH6bAcckefSrRDRmBtHhrzdONAYKN/Z30hIcV4+6qqM=" },
        { WebhookSignatureScheme.Stripe, [Prefixed], Json, "t=1614265330,v1=c8a43c4cb2422abdc2bf1155dcbb68b38d7d5c0c51a21d6820ec4707b71e8279" },
        { WebhookSignatureScheme.Stripe, [Accented], Text, "t=1614265330,v1=0cd0f2931b902136de7584da5e7902cd806c24b5e3e34c6d200102c67a2f9078" },
        { WebhookSignatureScheme.Stripe, [Prefixed], "", "t=1614265330,v1=4fc18add925d28a9e17a2c7cd532238cfa81a5dd2a0b6cf1c84814c6d62649a0" },
        {
            WebhookSignatureScheme.Stripe,
            [Everybody, Prefixed],
            Json,
            "t=1614265330,v1=535d8497d859c07ff9680d86abba5699ebc7378ff8fa0443f98861d0826821f7,v1=c8a43c4cb2422abdc2bf1155dcbb68b38d7d5c0c51a21d6820ec4707b71e8279"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Sign_Vector_GivesItsHeader(WebhookSignatureScheme scheme, string[] keys, string body, string expected)
    {
        Assert.Equal(expected, WebhookSigner.Create(scheme, keys).Sign(Timestamp, Encoding.UTF8.GetBytes(body)));
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_Vector_IsValidForEachOfItsKeysAndForNoOther(WebhookSignatureScheme scheme, string[] keys, string body, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);

        Assert.All(keys, key =>
        {
            Assert.Equal(WebhookVerification.Valid, Verify(key));
            Assert.Equal(WebhookVerification.Valid, Verify("another", key));
            Assert.Equal(WebhookVerification.Valid, Verify(key, "another"));
        });
        Assert.Equal(WebhookVerification.NoMatch, Verify("another"));
        bytes = [.. bytes, (byte)' '];
        Assert.Equal(WebhookVerification.NoMatch, Verify(keys));

        WebhookVerification Verify(params string[] live) =>
            new WebhookVerifier(scheme, live) { TimeProvider = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(Timestamp)) }.Verify(_ => value, bytes);
    }

    [Fact]
    public void Sign_MostKeysAndLongestTime_HasRoom()
    {
        string[] keys = new string[Signature.MostSecrets];
        Array.Fill(keys, Prefixed);

        string value = WebhookSigner.Stripe(keys).Sign(long.MaxValue, []);

        Assert.Equal(Signature.MostSecrets + 1, value.Split(',').Length);
        Assert.StartsWith("t=9223372036854775807,v1=", value);
    }

    [Theory]
    [InlineData(WebhookSignatureScheme.GitHub, 71)]
    [InlineData(WebhookSignatureScheme.Stripe, 80)]
    [InlineData(WebhookSignatureScheme.Shopify, 44)]
    public void Sign_OnceWarm_AllocatesTheHeaderOnly(WebhookSignatureScheme scheme, int length)
    {
        WebhookSigner signer = WebhookSigner.Create(scheme, [Prefixed]);
        byte[] body = new byte[203];
        Sign(100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Sign(1000);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;

        // A string has 22 bytes beside its characters, and objects end on a multiple of 8.
        Assert.Equal((22 + (2 * length) + 7) / 8 * 8, each);

        void Sign(int times)
        {
            for (int i = 0; i < times; i++)
            {
                _ = signer.Sign(Timestamp, body);
            }
        }
    }

    [Fact]
    public async Task Sign_ByManyThreadsAtOnce_GivesTheSameHeader()
    {
        WebhookSigner signer = WebhookSigner.Stripe(Everybody, Prefixed);
        byte[] body = Encoding.UTF8.GetBytes(Json);
        string expected = signer.Sign(Timestamp, body);
        int wrong = 0;

        await Parallel.ForAsync(0, 2_000, (_, _) =>
        {
            if (signer.Sign(Timestamp, body) != expected)
            {
                Interlocked.Increment(ref wrong);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(0, wrong);
    }
}
