using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The socket pools of client certificates: one for each certificate, and for trusted and guarded receivers apart.
/// </summary>
/// <remarks>
/// Keeps <see cref="Most"/> pools. The one that was not used for longest makes room for another; requests under way in it end as usual, and
/// its connections close with it. Safe for use by many threads.
/// </remarks>
/// <param name="create">Makes a pool for a certificate and for trusted receivers or guarded ones.</param>
internal sealed class CertificatePools(Func<X509Certificate2, bool, HttpMessageInvoker> create) : IDisposable
{
    /// <summary>The most pools that are kept: far more than an application has certificates, and few enough to be harmless.</summary>
    public const int Most = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Thumbprint, bool IsTrusted), Pool> _pools = [];
    private long _uses;

    public HttpMessageInvoker Get(X509Certificate2 certificate, bool isTrusted)
    {
        // The same certificate is another instance each time configuration is loaded.
        (string, bool) key = (certificate.GetCertHashString(HashAlgorithmName.SHA256), isTrusted);

        lock (_lock)
        {
            if (!_pools.TryGetValue(key, out Pool? pool))
            {
                if (_pools.Count == Most)
                {
                    // Not disposed: that would break off requests that are under way.
                    _pools.Remove(_pools.MinBy(static entry => entry.Value.LastUse).Key);
                }

                pool = new Pool(create(certificate, isTrusted));
                _pools.Add(key, pool);
            }

            pool.LastUse = ++_uses;
            return pool.Invoker;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Pool pool in _pools.Values)
            {
                pool.Invoker.Dispose();
            }

            _pools.Clear();
        }
    }

    private sealed class Pool(HttpMessageInvoker invoker)
    {
        public HttpMessageInvoker Invoker { get; } = invoker;

        public long LastUse { get; set; }
    }
}
