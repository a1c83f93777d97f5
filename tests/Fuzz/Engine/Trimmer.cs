namespace StsWebhook.Fuzz.Engine;

/// <summary>Makes an input smaller.</summary>
internal static class Trimmer
{
    /// <summary>Takes parts away for as long as what is left will do.</summary>
    /// <param name="target">Knows what the parts of its inputs are.</param>
    /// <param name="input">The input.</param>
    /// <param name="willDo">Whether a smaller one will do.</param>
    /// <param name="trials">How often to ask that at most.</param>
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
