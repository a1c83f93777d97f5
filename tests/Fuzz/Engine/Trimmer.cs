namespace StsWebhook.Fuzz.Engine;

/// <summary>Makes an input smaller.</summary>
internal static class Trimmer
{
    /// <summary>Removes parts while the rest still satisfies <paramref name="willDo"/>.</summary>
    /// <param name="target">Splits its inputs into parts.</param>
    /// <param name="input">The input.</param>
    /// <param name="willDo">Whether a smaller input is good enough.</param>
    /// <param name="trials">Limit of the calls of <paramref name="willDo"/>.</param>
    public static byte[] Trim(IFuzzTarget target, byte[] input, Predicate<byte[]> willDo, int trials)
    {
        var isSmaller = true;
        while (isSmaller && trials > 0)
        {
            isSmaller = false;
            foreach (var candidate in target.Smaller(input))
            {
                if (trials-- <= 0)
                {
                    break;
                }

                if (candidate.Length < input.Length && willDo(candidate))
                {
                    (input, isSmaller) = (candidate, true);
                    break;
                }
            }
        }

        return input;
    }
}
