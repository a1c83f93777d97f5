using System.Net.Security;
using System.Security.Authentication;

namespace StsWebhook.Certificates;

/// <summary>The least that the admission port speaks.</summary>
internal static class TlsPolicy
{
    /// <summary>Older ones are forbidden by RFC 8996.</summary>
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// What RFC 9325 (4.2) recommends for TLS 1.2: keys that are gone with the connection, and ciphers that authenticate
    /// what they encrypt. All three of TLS 1.3. Go, and so the API server, offers every one of them.
    /// </summary>
    /// <remarks>
    /// .NET keeps no sessions to resume where suites are named. The API server resumes none, since client-go sets no
    /// session cache; and without tickets no key of theirs outlives a connection. On Windows, where nobody runs this
    /// but its developers, suites cannot be named.
    /// </remarks>
    public static CipherSuitesPolicy? Suites { get; } = OperatingSystem.IsWindows() ? null : new CipherSuitesPolicy(
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]);
}
