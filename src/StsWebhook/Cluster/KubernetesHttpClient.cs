using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;

namespace StsWebhook.Cluster;

/// <summary>
/// An authenticated HTTP client of one API server, configured by what KubernetesClient reads from a kubeconfig or a
/// service account. KubernetesClient's own client class <see cref="Kubernetes"/> is not used: it would bring the models of
/// the whole API into a native binary (docs/performance.md).
/// </summary>
internal sealed class KubernetesHttpClient : IDisposable
{
    private readonly HttpClient http;
    private readonly ServiceClientCredentials? credentials;
    private readonly string? serverName;

    /// <summary>Creates a client; nothing is sent yet.</summary>
    /// <exception cref="KubeConfigException">The configuration names no server.</exception>
    public KubernetesHttpClient(KubernetesClientConfiguration configuration)
    {
        Root = Uri.TryCreate(configuration.Host?.TrimEnd('/') + '/', UriKind.Absolute, out var root)
            ? root
            : throw new KubeConfigException("the server's URL is missing or malformed");
        credentials = Kubernetes.CreateCredentials(configuration);
        serverName = string.IsNullOrWhiteSpace(configuration.TlsServerName) ? null : configuration.TlsServerName;
        // Callers set a timeout for each request.
        http = new HttpClient(Handler(configuration)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The base URL. Ends with a slash, since an API server behind a proxy may have a path before <c>/api</c>.</summary>
    public Uri Root { get; }

    /// <summary>Sends a request. Returns after the headers of the answer; the caller reads its body.</summary>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        // The name that the certificate must have: SocketsHttpHandler uses this header and overwrites SslOptions.TargetHost.
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
        // Otherwise the CAs of the system apply.
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
    /// Verifies chain and host name. KubernetesClient verifies only the chain, but the cluster's CA also signs certificates
    /// for kubelets and others, whose holders must not be able to pose as the API server and receive the token.
    /// </summary>
    private static bool IsTrusted(
        X509Certificate2Collection authorities, object sender, X509Certificate? certificate, X509Chain? chain,
        SslPolicyErrors errors) =>
        !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
        && Kubernetes.CertificateValidationCallBack(sender, authorities, certificate, chain, errors);

    /// <summary>Reads PEM from a file or from base64; the file takes precedence. Returns null for neither.</summary>
    private static string? Pem(string? file, string? base64) =>
        !string.IsNullOrWhiteSpace(file) ? File.ReadAllText(file)
        : !string.IsNullOrWhiteSpace(base64) ? Encoding.ASCII.GetString(Convert.FromBase64String(base64))
        : null;
}
