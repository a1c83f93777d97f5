using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s;
using StsWebhook.Settings;

namespace StsWebhook.Cluster;

/// <summary>
/// The Kubernetes API. KubernetesClient reads where the server is, whom to trust and how to sign in; answers are read as
/// JSON in place, since of each object only a few fields matter.
/// </summary>
internal sealed class KubernetesApiClient : IDisposable
{
    private readonly KubernetesHttpClient connection;

    private KubernetesApiClient(KubernetesClientConfiguration configuration, TimeProvider time)
    {
        Clock = new ServerClock(time);
        connection = new KubernetesHttpClient(configuration);
    }

    /// <summary>The server's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>The API server that the settings mean, or null for none.</summary>
    /// <exception cref="ConfigurationException">There is no such configuration, or it is broken.</exception>
    public static KubernetesApiClient? Connect(ServerSettings settings, TimeProvider time)
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

    /// <summary>Which cluster the settings mean where they leave it open.</summary>
    public static ClusterMode ModeOf(ServerSettings settings) =>
        settings.Cluster != ClusterMode.Auto ? settings.Cluster
        : settings.Kubeconfig is not null ? ClusterMode.Kubeconfig
        : settings.NodesFile is null && KubernetesClientConfiguration.IsInCluster() ? ClusterMode.InCluster
        : ClusterMode.None;

    /// <summary>The API server that kubectl would speak to; in a pod without a kubeconfig, that of the pod's cluster.</summary>
    /// <param name="settings">They may name a kubeconfig file.</param>
    /// <param name="context">The context in that file; null for its current one.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ConfigurationException">There is no such configuration, or it is broken.</exception>
    public static KubernetesApiClient ConnectAsUser(ServerSettings settings, string? context, TimeProvider time)
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
    /// <param name="cancellation">Ends the request.</param>
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

    /// <summary>Makes an object.</summary>
    /// <param name="path">The path of its kind, without a leading slash.</param>
    /// <param name="write">Writes the object as JSON.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="ApiException">The server did not make it: 409 where there is one of that name.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public Task CreateAsync(string path, Action<Utf8JsonWriter> write, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Post, path, "application/json", write, cancellation);

    /// <summary>Changes an object.</summary>
    /// <param name="path">Its path without a leading slash.</param>
    /// <param name="type">One of <see cref="PatchType"/>.</param>
    /// <param name="write">Writes the patch as JSON.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="ApiException">The server did not change it: 409 where the patch is for another version of it.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or the connection broke.</exception>
    public Task PatchAsync(string path, string type, Action<Utf8JsonWriter> write, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Patch, path, type, write, cancellation);

    /// <summary>Gets the text of a JSON document as it comes.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Ends the request, but not the stream.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<Stream> OpenAsync(string path, CancellationToken cancellation)
    {
        var response = await SendAsync(HttpMethod.Get, path, content: null, cancellation).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Begins a watch; each line of the stream is one event.</summary>
    /// <param name="path">The path without a leading slash, and the query.</param>
    /// <param name="cancellation">Ends the request, and the stream.</param>
    /// <exception cref="ApiException">The server answered with another status than 200.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task<StreamReader> WatchAsync(string path, CancellationToken cancellation) =>
        new(await OpenAsync(path, cancellation).ConfigureAwait(false));

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static KubernetesApiClient Connect(Func<KubernetesClientConfiguration> read, TimeProvider time, string obstacle)
    {
        try
        {
            return new KubernetesApiClient(read(), time);
        }
        catch (NullReferenceException)
        {
            // So the client fails at a file that is empty, or lacks what every file has.
            throw new ConfigurationException($"{obstacle}: it is no kubeconfig, or an empty one");
        }
        catch (Exception e)
        {
            // Files, YAML, base64, keys, commands that sign in: whatever it is, the operator's file is to be mended. To
            // what a command fails with the client adds its own stack trace.
            throw new ConfigurationException($"{obstacle}: {e.Message.Split('\n')[0]}");
        }
    }

    /// <summary>
    /// The file that kubectl would read. Of several that <c>KUBECONFIG</c> names it is the first that exists, whose
    /// current context kubectl takes as well; what it refers to in the others is not found.
    /// </summary>
    private static string KubeconfigFile(ServerSettings settings)
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
