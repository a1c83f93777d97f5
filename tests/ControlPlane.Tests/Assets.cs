namespace ControlPlane.Tests;

/// <summary>
/// The binaries of a control plane, where the tests of Kubernetes projects look for them
/// (book.kubebuilder.io/reference/envtest): <c>setup-envtest use -p path</c> fetches them and prints the folder.
/// </summary>
internal static class Assets
{
    public const string Missing = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS");

    public static bool AreThere => Folder is not null && File.Exists(PathOf("kube-apiserver")) && File.Exists(PathOf("etcd"));

    /// <summary>Whether the folder has these binaries too, which not every set of them does.</summary>
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
