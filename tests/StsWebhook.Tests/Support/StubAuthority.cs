using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace StsWebhook.Tests.Support;

/// <summary>The CA of a stub, the certificate of its server, and a kubeconfig file that trusts the CA.</summary>
internal sealed class StubAuthority : IDisposable
{
    public StubAuthority()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stub-ca", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        Authority = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=stub", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = server.Create(Authority, now.AddHours(-1), now.AddHours(23), RandomNumberGenerator.GetBytes(8));
        using var complete = signed.CopyWithPrivateKey(serverKey);
        // Converted to PKCS#12 and back: TLS on some systems does not accept a key that is only in memory.
        Server = X509CertificateLoader.LoadPkcs12(complete.Export(X509ContentType.Pkcs12), password: null, X509KeyStorageFlags.Exportable);
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    /// <summary>A kubeconfig file for a server at this address.</summary>
    public string Kubeconfig(string address, string token) => $$"""
        apiVersion: v1
        kind: Config
        current-context: stub
        clusters:
        - name: stub
          cluster:
            server: {{address}}
            certificate-authority-data: {{Convert.ToBase64String(Encoding.ASCII.GetBytes(Authority.ExportCertificatePem()))}}
        contexts:
        - name: stub
          context:
            cluster: stub
            user: stub
        users:
        - name: stub
          user:
            token: {{token}}
        """;

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
    }
}
