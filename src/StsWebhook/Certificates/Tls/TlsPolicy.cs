using System.Net.Security;
using System.Security.Authentication;

namespace StsWebhook.Certificates.Tls;

/// <summary>The TLS versions and cipher suites that the admission port accepts.</summary>
internal static class TlsPolicy
{
    /// <summary>Older ones are forbidden by RFC 8996.</summary>
    public const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>
    /// The suites that RFC 9325 (4.2) recommends for TLS 1.2, with forward secrecy and authenticated encryption, and all
    /// three of TLS 1.3. Go, and so the API server, offers every one of them. Null on Windows.
    /// </summary>
    /// <remarks>
    /// .NET does not resume sessions if suites are set. The API server resumes none either, since client-go sets no session
    /// cache; and without session tickets, no ticket key outlives a connection. On Windows, which only developers use,
    /// suites cannot be set.
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
