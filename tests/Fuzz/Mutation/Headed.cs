using System.Text;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>
/// An input in two parts: a line of words that selects how the rest is read, and the rest. An input thus determines the whole run.
/// </summary>
internal static class Headed
{
    /// <summary>Joins head and body.</summary>
    public static byte[] Join(string head, ReadOnlySpan<byte> body) => [.. Encoding.UTF8.GetBytes(head), (byte)'\n', .. body];

    /// <inheritdoc cref="Join(string, ReadOnlySpan{byte})"/>
    public static byte[] Join(string head, string body) => Join(head, Encoding.UTF8.GetBytes(body));

    /// <summary>Splits an input into head and body; without a line break all of it is the head.</summary>
    public static (string Head, byte[] Body) Split(byte[] input)
    {
        var end = input.AsSpan().IndexOf((byte)'\n');
        return end < 0
            ? (Encoding.UTF8.GetString(input), [])
            : (Encoding.UTF8.GetString(input.AsSpan(0, end)), input[(end + 1)..]);
    }

    /// <summary>Changes the body, and sometimes the head.</summary>
    public static byte[] Mutate(
        byte[] input, byte[] other, Random random, Func<string, Random, string> mutateHead, Func<byte[], byte[], Random, byte[]> mutateBody)
    {
        var (head, body) = Split(input);
        return random.Next(8) == 0
            ? Join(mutateHead(head, random), random.Next(2) == 0 ? body : mutateBody(body, Split(other).Body, random))
            : Join(head, mutateBody(body, Split(other).Body, random));
    }

    /// <summary>Returns smaller bodies with the same head.</summary>
    public static IEnumerable<byte[]> Smaller(byte[] input, Func<byte[], IEnumerable<byte[]>> smallerBodies)
    {
        var (head, body) = Split(input);
        return smallerBodies(body).Select(smaller => Join(head, smaller));
    }
}
