using System.Buffers.Binary;

namespace StsWebhook.Tests.Support;

/// <summary>First messages of TLS clients that current TLS libraries cannot send.</summary>
internal static class ClientHello
{
    /// <summary>An incomplete message that announces 512 bytes.</summary>
    public static byte[] Half { get; } = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    /// <summary>A complete message (RFC 4346, 7.4.1.2) of a client that supports TLS 1.1 at most, with cipher suites that servers of that time accepted.</summary>
    public static byte[] Tls11()
    {
        byte[] extensions =
        [
            0x00, 0x0A, 0x00, 0x06, 0x00, 0x04, 0x00, 0x17, 0x00, 0x18, // supported_groups: secp256r1, secp384r1
            0x00, 0x0B, 0x00, 0x02, 0x01, 0x00, // ec_point_formats: uncompressed
        ];
        byte[] body =
        [
            0x03, 0x02, // TLS 1.1
            .. new byte[32], // random
            0x00, // no session
            0x00, 0x08, 0xC0, 0x0A, 0xC0, 0x09, 0xC0, 0x13, 0x00, 0x2F, // ECDHE-ECDSA, ECDHE-RSA and RSA with AES-CBC-SHA
            0x01, 0x00, // no compression
            .. Length(extensions.Length), .. extensions,
        ];
        return [0x16, 0x03, 0x01, .. Length(body.Length + 4), 0x01, 0x00, .. Length(body.Length), .. body];
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)length);
        return bytes;
    }
}
