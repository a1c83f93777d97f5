using System.Text;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>
/// An input in two parts: a line of words that says how the rest is to be read, so that an input is all that a run needs to know.
/// </summary>
internal static class Headed
{
    /// <summary>Puts the parts together.</summary>
    public static byte[] Join(string head, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes(head), (byte)'\n', .. body];

    /// <inheritdoc cref="Join(string, ReadOnlySpan{byte})"/>
    public static byte[] Join(string head, string body) => Join(head, Encoding.UTF8.GetBytes(body));

    /// <summary>Parts an input; without a line break all of it is the head.</summary>
    public static (string Head, byte[] Body) Split(byte[] input)
    {
        var end = input.AsSpan().IndexOf((byte)'\n');
        return end < 0
            ? (Encoding.UTF8.GetString(input), [])
            : (Encoding.UTF8.GetString(input.AsSpan(0, end)), input[(end + 1)..]);
    }

    /// <summary>Changes the body, and now and then the head.</summary>
    public static byte[] Mutate(
        byte[] input, byte[] other, Random random, Func<string, Random, string> mutateHead, Func<byte[], byte[], Random, byte[]> mutateBody)
    {
        var (head, body) = Split(input);
        return random.Next(8) == 0
            ? Join(mutateHead(head, random), random.Next(2) == 0 ? body : mutateBody(body, Split(other).Body, random))
            : Join(head, mutateBody(body, Split(other).Body, random));
    }

    /// <summary>Smaller bodies under the same head.</summary>
    public static IEnumerable<byte[]> Smaller(byte[] input, Func<byte[], IEnumerable<byte[]>> smallerBodies)
    {
        var (head, body) = Split(input);
        return smallerBodies(body).Select(smaller => Join(head, smaller));
    }
}
