using System.Security.Cryptography.X509Certificates;
using StsWebhook.Core.Pods;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// The CAs that must not be trusted any more, as serial numbers in an annotation of the Secret. Immutable.
/// </summary>
internal sealed class RevokedAuthorities
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly SortedSet<string> serials;

    private RevokedAuthorities(IEnumerable<string> serials) => this.serials = new(serials, StringComparer.Ordinal);

    /// <summary>The annotation. Its value is serial numbers in hexadecimal, separated by commas or spaces.</summary>
    public static ReadOnlySpan<byte> AnnotationUtf8 => ProjectKeys.RevokeUtf8;

    /// <summary>No CA.</summary>
    public static RevokedAuthorities None { get; } = new([]);

    /// <summary>Reads the value of the annotation; null for none. Case, colons and leading zeros do not matter.</summary>
    public static RevokedAuthorities Parse(string? value) =>
        new((value ?? string.Empty).Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(Normalize));

    /// <summary>The serial number of a certificate as the annotation has it.</summary>
    public static string SerialOf(X509Certificate2 certificate) => Normalize(certificate.SerialNumber);

    /// <summary>Whether a CA is revoked.</summary>
    public bool Contains(X509Certificate2 certificate) => serials.Contains(SerialOf(certificate));

    /// <summary>Whether all CAs of another set are revoked.</summary>
    public bool Includes(RevokedAuthorities other) => serials.IsSupersetOf(other.serials);

    /// <summary>These CAs, and those of another set.</summary>
    public RevokedAuthorities And(RevokedAuthorities other) => Includes(other) ? this : new(serials.Concat(other.serials));

    /// <summary>These CAs and more.</summary>
    public RevokedAuthorities And(IEnumerable<X509Certificate2> certificates) =>
        new(serials.Concat(certificates.Select(SerialOf)));

    /// <summary>The value of the annotation.</summary>
    public override string ToString() => string.Join(',', serials);

    private static string Normalize(string serial) =>
        serial.Replace(":", string.Empty, StringComparison.Ordinal).ToUpperInvariant().TrimStart('0');
}
