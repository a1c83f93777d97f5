using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;

namespace StsWebhook.Cluster;

/// <summary>
/// A signed-in connection to an API server, by what KubernetesClient reads from a kubeconfig or a service account. Its
/// own connection is the class <see cref="Kubernetes"/>, which carries the models of the whole API into a native binary
/// (docs/performance.md).
/// </summary>
internal sealed class KubernetesHttpClient : IDisposable
{
    private readonly HttpClient http;
    private readonly ServiceClientCredentials? credentials;
    private readonly string? serverName;

    /// <summary>Prepares a connection; nothing is sent yet.</summary>
    /// <exception cref="KubeConfigException">The configuration names no server.</exception>
    public KubernetesHttpClient(KubernetesClientConfiguration configuration)
    {
        Root = Uri.TryCreate(configuration.Host?.TrimEnd('/') + '/', UriKind.Absolute, out var root)
            ? root
            : throw new KubeConfigException("the server's URL is missing or malformed");
        credentials = Kubernetes.CreateCredentials(configuration);
        serverName = string.IsNullOrWhiteSpace(configuration.TlsServerName) ? null : configuration.TlsServerName;
        // Each request has a limit of its own; a watch has none but the server's.
        http = new HttpClient(Handler(configuration)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Ends with a slash: an API server behind a proxy may have a path before <c>/api</c>, which must stay.</summary>
    public Uri Root { get; }

    /// <summary>Sends a request; the answer's body is still to come.</summary>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        // The name that the certificate must have: SocketsHttpHandler goes by this header, and overwrites SslOptions.TargetHost.
        request.Headers.Host = serverName;
        if (credentials is not null)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellation).ConfigureAwait(false);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static SocketsHttpHandler Handler(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler();
        // Otherwise a server is trusted as any other is, by the CAs of the system.
        if (configuration.SkipTlsVerify || configuration.SslCaCerts is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                configuration.SkipTlsVerify || IsTrusted(configuration.SslCaCerts, sender, certificate, chain, errors);
        }

        if (Pem(configuration.ClientCertificateFilePath, configuration.ClientCertificateData) is { } certificate
            && Pem(configuration.ClientKeyFilePath, configuration.ClientCertificateKeyData) is { } key)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(certificate, key)];
        }

        return handler;
    }

    /// <summary>
    /// KubernetesClient looks at the chain and forgets the name, but the cluster's CA signs for kubelets and others too:
    /// whoever has such a certificate must not be taken for the API server, and get the token.
    /// </summary>
    private static bool IsTrusted(
        X509Certificate2Collection authorities, object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
        && Kubernetes.CertificateValidationCallBack(sender, authorities, certificate, chain, errors);

    /// <summary>A PEM text that a kubeconfig holds in base64, or names a file of, which then counts.</summary>
    private static string? Pem(string? file, string? base64) =>
        !string.IsNullOrWhiteSpace(file) ? File.ReadAllText(file)
        : !string.IsNullOrWhiteSpace(base64) ? Encoding.ASCII.GetString(Convert.FromBase64String(base64))
        : null;
}
