using System;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;

    // Standard Webhooks 1.0.0; the last two and the list were computed with another implementation.
    public static TheoryData<string[], string, string> Vectors { get; } = new()
    {
        { [TestSecrets.TextA], """{"test": 2432232314}""", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
        {
            [TestSecrets.TextB, TestSecrets.TextA],
            """{"test": 2432232314}""",
            "v1,78nXHjpFP0tVJQW5D0SBwmVyyW87BV/rL6MgfM/Bw44= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        },
        { [TestSecrets.TextA], """{"name":"Žluťoučký €😀"}""", "v1,xKn7hXxwR1I1Lr+dH6HnP4Su35Tia4FVSDDFdZIRGFM=" },
        { [TestSecrets.TextA], "", "v1,v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A=" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Sign_PublishedVector_GivesItsSignature(string[] secrets, string body, string expected)
    {
        string signature = Signature.Sign(Array.ConvertAll(secrets, WebhookSecret.Parse), Id, Timestamp, Encoding.UTF8.GetBytes(body));

        Assert.Equal(expected, signature);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_PublishedVector_IsValidForEachOfItsSecrets(string[] secrets, string body, string signature)
    {
        var time = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(Timestamp));

        Assert.All(secrets, secret => Assert.Equal(
            WebhookVerification.Valid,
            new WebhookVerifier(WebhookSecret.Parse(secret)) { TimeProvider = time }
                .Verify(Id, TestSecrets.Seconds(time.GetUtcNow()), signature, Encoding.UTF8.GetBytes(body))));
    }

    [Fact]
    public void Sign_MostSecretsLongestIdAndTime_HasRoom()
    {
        WebhookSecret[] secrets = new WebhookSecret[Signature.MostSecrets];
        Array.Fill(secrets, TestSecrets.A);

        string signature = Signature.Sign(secrets, new string('i', Signature.MostIdCharacters), long.MaxValue, []);

        Assert.Equal(Signature.MostSecrets, signature.Split(' ').Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(155)]
    [InlineData(984)]
    [InlineData(985)]
    [InlineData(986)]
    [InlineData(100_000)]
    public void Sign_BodyOfAnySize_SignsIdTimestampAndBody(int size)
    {
        byte[] body = new byte[size];
        new Random(size).NextBytes(body);
        byte[] key = Convert.FromBase64String(TestSecrets.TextA["whsec_".Length..]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{Id}.{Timestamp}."), .. body];

        string signature = Signature.Sign([TestSecrets.A], Id, Timestamp, body);

        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", signature);
    }

    [Fact]
    public void Compute_OnceWarm_AllocatesNothing()
    {
        byte[] prefix = "msg_1.1614265330."u8.ToArray();
        byte[] body = new byte[203];
        byte[] signature = new byte[Signature.Length];
        Compute(100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Compute(1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Compute(int times)
        {
            for (int i = 0; i < times; i++)
            {
                Signature.Compute(TestSecrets.B, prefix, body, signature);
            }
        }
    }

    [Fact]
    public async Task Sign_ByManyThreadsAtOnce_GivesTheSameSignature()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
        int wrong = 0;

        await Parallel.ForAsync(0, 2_000, (_, _) =>
        {
            if (Signature.Sign([TestSecrets.A], Id, Timestamp, body) != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
            {
                Interlocked.Increment(ref wrong);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(0, wrong);
    }
}
