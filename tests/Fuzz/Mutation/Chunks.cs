namespace StsWebhook.Fuzz.Mutation;

/// <summary>The remainders of an input when a piece is removed.</summary>
internal static class Chunks
{
    /// <summary>Returns the input without each half, each quarter, and so on down to single bytes.</summary>
    public static IEnumerable<byte[]> Without(byte[] input)
    {
        for (var size = (input.Length + 1) / 2; size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (var start = 0; start < input.Length; start += size)
            {
                var end = Math.Min(start + size, input.Length);
                yield return [.. input.AsSpan(0, start), .. input.AsSpan(end)];
            }
        }
    }
}
