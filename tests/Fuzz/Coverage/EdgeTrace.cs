namespace StsWebhook.Fuzz.Coverage;

/// <summary>
/// Where instrumented code tells which ways it goes: an edge is a pair of blocks, one entered after the other. One
/// thread at a time.
/// </summary>
public static class EdgeTrace
{
    /// <summary>How many edges can be told apart: some twenty times as many as any target has, so that few share a cell.</summary>
    public const int Cells = 1 << 18;

    private static readonly byte[] Counts = new byte[Cells];
    private static readonly int[] Touched = new int[Cells];

    private static int touched;
    private static int previous;

    /// <summary>How many blocks were entered since <see cref="Begin"/>: work that no clock and no neighbour disturbs.</summary>
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

    /// <summary>Forgets everything.</summary>
    internal static void Begin()
    {
        foreach (var cell in Edges)
        {
            Counts[cell] = 0;
        }

        (touched, previous, Blocks) = (0, 0, 0);
    }

    /// <summary>How often an edge was taken, 255 for more.</summary>
    internal static int CountOf(int cell) => Counts[cell];
}
