using System.Runtime.InteropServices;

namespace StsWebhook.Fuzz.Coverage;

/// <summary>An edge, and the order of magnitude of how often it was taken.</summary>
/// <param name="Cell">The edge's cell.</param>
/// <param name="Bucket">The order of magnitude, as one bit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Feature(int Cell, byte Bucket);
