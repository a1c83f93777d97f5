using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>
/// Sends requests to the Kubernetes API. KubernetesClient reads the server's address, CA and credentials; answers are
/// read as JSON without models, since only a few fields of each object matter. Safe for use by several threads.
/// </summary>
internal sealed class KubernetesApiClient : IDisposable
{
    private readonly KubernetesHttpClient connection;

    private KubernetesApiClient(KubernetesClientConfiguration configuration, TimeProvider time)
    {
        Clock = new ServerClock(time);
        connection = new KubernetesHttpClient(configuration);
    }

    /// <summary>The API server's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>Connects to the API server of the settings. Returns null if they name none.</summary>
    /// <exception cref="ConfigurationException">The kubeconfig or service account is missing or broken.</exception>
    public static KubernetesApiClient? Connect(StartupSettings settings, TimeProvider time)
    {
        return ModeOf(settings) switch
        {
            ClusterMode.InCluster => Connect(
                KubernetesClientConfiguration.InClusterConfig, time, "cluster: 'in-cluster' is not possible here"),
            ClusterMode.Kubeconfig => Connect(
                () => KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(KubeconfigFile(settings))),
                time,
                $"kubeconfig: '{KubeconfigFile(settings)}' cannot be used"),
            _ => null,
        };
    }

    /// <summary>Resolves <see cref="ClusterMode.Auto"/> to the cluster that is there.</summary>
    public static ClusterMode ModeOf(StartupSettings settings) =>
        settings.Cluster != ClusterMode.Auto ? settings.Cluster
        : settings.Kubeconfig is not null ? ClusterMode.Kubeconfig
        : settings.NodesFile is null && KubernetesClientConfiguration.IsInCluster() ? ClusterMode.InCluster
        : ClusterMode.None;

    /// <summary>Connects to the API server that kubectl would use; in a pod without a kubeconfig, to the pod's cluster.</summary>
    /// <param name="settings">May name a kubeconfig file.</param>
    /// <param name="context">The context in that file; null for the current one.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">The kubeconfig or service account is missing or broken.</exception>
    public static KubernetesApiClient ConnectAsUser(StartupSettings settings, string? context, TimeProvider time)
    {
        var file = KubeconfigFile(settings);
        return settings.Kubeconfig is null && context is null && !File.Exists(file) && KubernetesClientConfiguration.IsInCluster()
            ? Connect(KubernetesClientConfiguration.InClusterConfig, time, "the pod's service account cannot be used")
            : Connect(
                () => KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(file), context),
                time,
                $"kubeconfig: '{file}' cannot be used");
    }

    /// <summary>Gets a JSON document.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, content: null, cancellation).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonDocument.ParseAsync(stream, default, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Creates an object.</summary>
    /// <param name="path">The path of its kind, without a leading slash.</param>
    /// <param name="write">Writes the object as JSON.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="ApiException">The server rejected the object: 409 if one of that name exists.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public Task CreateAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Post, path, "application/json", write, cancellation);

    /// <summary>Patches an object.</summary>
    /// <param name="path">The path of the object without a leading slash.</param>
    /// <param name="type">One of <see cref="PatchType"/>.</param>
    /// <param name="write">Writes the patch as JSON.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="ApiException">The server rejected the patch: 409 if the stored version differs.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public Task PatchAsync(string path, string type, Action<Utf8JsonWriter> write, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Patch, path, type, write, cancellation);

    /// <summary>Gets a JSON document as a stream.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Cancels the request, but not the stream.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellation)
    {
        var response = await SendAsync(HttpMethod.Get, path, content: null, cancellation).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Starts a watch. Each line of the stream is one event.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Cancels the request, but not the stream.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<StreamReader> WatchAsync(string path, CancellationToken cancellation) =>
        new(await OpenAsync(path, cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static KubernetesApiClient Connect(Func<KubernetesClientConfiguration> read, TimeProvider time, string problem)
    {
        try
        {
            return new KubernetesApiClient(read(), time);
        }
        catch (NullReferenceException)
        {
            // KubernetesClient fails this way for a file that is empty or lacks a required part.
            throw new ConfigurationException($"{problem}: it is empty or not a kubeconfig");
        }
        catch (Exception e)
        {
            // Any exception, of files, YAML, base64, keys or credential plug-ins: the operator has to fix the file. After the
            // first line comes a stack trace, which KubernetesClient adds to the failure of a plug-in.
            throw new ConfigurationException($"{problem}: {e.Message.Split('\n')[0]}");
        }
    }

    /// <summary>
    /// The kubeconfig that kubectl would read. If <c>KUBECONFIG</c> names several files, the first that exists: kubectl uses
    /// its current context, too. References to the other files are not resolved.
    /// </summary>
    private static string KubeconfigFile(StartupSettings settings)
    {
        if (settings.Kubeconfig is { } named)
        {
            return named;
        }

        var listed = Environment.GetEnvironmentVariable("KUBECONFIG")?
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return Array.Find(listed, File.Exists)
            ?? listed.FirstOrDefault()
            ?? KubernetesClientConfiguration.KubeConfigDefaultLocation;
    }

    private async Task WriteAsync(
        HttpMethod method, string path, string type, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Utf8JsonWriter(buffer);
        await using (writer.ConfigureAwait(false))
        {
            write(writer);
        }

        using var content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await SendAsync(method, path, content, cancellation).ConfigureAwait(false);
    }

    /// <exception cref="ApiException">The server answered with another status than 200 or 201.</exception>
    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(connection.Root, path)) { Content = content };
        var response = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
        if (response.Headers.Date is { } date)
        {
            Clock.Observe(date);
        }

        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created)
        {
            return response;
        }

        using (response)
        {
            throw new ApiException(response.StatusCode);
        }
    }
}
