namespace StsWebhook.Fuzz.Coverage;

/// <summary>
/// Records the edges that instrumented code takes: an edge is a pair of blocks that are entered one after the other. Only one
/// thread at a time may run instrumented code.
/// </summary>
public static class EdgeTrace
{
    /// <summary>Number of cells for edges: about twenty times the edges of any target, so that few edges share a cell.</summary>
    public const int Cells = 1 << 18;

    private static readonly byte[] Counts = new byte[Cells];
    private static readonly int[] Touched = new int[Cells];

    private static int touched;
    private static int previous;

    /// <summary>Number of blocks entered since <see cref="Begin"/>: a measure of work that does not depend on a clock or on other processes.</summary>
    public static long Blocks { get; private set; }

    /// <summary>The cells of the edges that were taken since <see cref="Begin"/>.</summary>
    internal static ReadOnlySpan<int> Edges => Touched.AsSpan(0, touched);

    /// <summary>Called by instrumented code at the beginning of each block.</summary>
    public static void Enter(int block)
    {
        Blocks++;
        var cell = (block ^ previous) & (Cells - 1);
        previous = block >> 1;
        ref var count = ref Counts[cell];
        if (count == 0)
        {
            Touched[touched++] = cell;
        }

        if (count < byte.MaxValue)
        {
            count++;
        }
    }

    /// <summary>Clears the counters.</summary>
    internal static void Begin()
    {
        foreach (var cell in Edges)
        {
            Counts[cell] = 0;
        }

        (touched, previous, Blocks) = (0, 0, 0);
    }

    /// <summary>Returns how often an edge was taken, at most 255.</summary>
    internal static int CountOf(int cell) => Counts[cell];
}
