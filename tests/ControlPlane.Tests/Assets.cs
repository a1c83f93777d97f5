namespace StsWebhook.ControlPlane.Tests;

/// <summary>
/// The binaries of a control plane, in the place that tests of Kubernetes projects use
/// (book.kubebuilder.io/reference/envtest): <c>setup-envtest use -p path</c> fetches them and prints the folder.
/// </summary>
internal static class Assets
{
    public const string Missing = "KUBEBUILDER_ASSETS must be a folder with kube-apiserver and etcd";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");

    public static bool AreThere => Folder is not null && File.Exists(PathOf("kube-apiserver")) && File.Exists(PathOf("etcd"));

    /// <summary>Whether the folder also has these binaries; not every download has them.</summary>
    public static bool Have(params ReadOnlySpan<string> binaries)
    {
        foreach (var binary in binaries)
        {
            if (!File.Exists(PathOf(binary)))
            {
                return false;
            }
        }

        return AreThere;
    }

    public static string PathOf(string binary) => Path.Combine(Folder ?? string.Empty, binary);
}
