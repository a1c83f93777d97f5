using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>
/// A mounted Secret like the kubelet's: files are links into <c>..data</c>, which is a link to a folder with a timestamp and
/// is replaced atomically (k8s.io/kubernetes, pkg/volume/util, AtomicWriter).
/// </summary>
internal sealed class MountedSecret : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int generation;

    public string Folder => folder.Path;

    public static string KeyOf(CertificatePair pair)
    {
        using var key = pair.Leaf.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    public void Swap(CertificatePair pair, string? authority = null)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["tls.crt"] = pair.CertificatesPem, ["tls.key"] = KeyOf(pair) };
        if (authority is not null)
        {
            files["ca.crt"] = authority;
        }

        Swap(files);
    }

    public void Swap(Dictionary<string, string> files)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"..generation-{++generation}");
        Directory.CreateDirectory(folder[name]);
        foreach (var (file, text) in files)
        {
            File.WriteAllText(Path.Combine(folder[name], file), text);
            if (new FileInfo(folder[file]) is { LinkTarget: null })
            {
                File.CreateSymbolicLink(folder[file], Path.Combine("..data", file));
            }
        }

        File.CreateSymbolicLink(folder["..data_tmp"], name);

        // rename(2), which .NET does not offer for links to folders.
        using var rename = Process.Start("mv", ["-T", folder["..data_tmp"], folder["..data"]]);
        rename.WaitForExit();
        Assert.Equal(0, rename.ExitCode);
    }

    public void Dispose() => folder.Dispose();
}
