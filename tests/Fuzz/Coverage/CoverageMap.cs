using System.Numerics;

namespace StsWebhook.Fuzz.Coverage;

/// <summary>
/// All the code that inputs have reached. As in AFL, an edge counts again when it is taken more often by an order of
/// magnitude (1, 2, 3, 4, 8, 16, 32, 128): this distinguishes a loop that ran once from one that was repeated.
/// </summary>
internal sealed class CoverageMap
{
    private readonly byte[] reached = new byte[EdgeTrace.Cells];

    /// <summary>Number of edges reached.</summary>
    public int Edges { get; private set; }

    /// <summary>What the last run reached and no earlier run did.</summary>
    public IReadOnlyList<Feature> News()
    {
        List<Feature>? news = null;
        foreach (var cell in EdgeTrace.Edges)
        {
            var bucket = Bucket(EdgeTrace.CountOf(cell));
            if ((reached[cell] & bucket) == 0)
            {
                (news ??= []).Add(new Feature(cell, bucket));
            }
        }

        return news ?? (IReadOnlyList<Feature>)[];
    }

    /// <summary>Marks what the last run reached as known.</summary>
    public void Add()
    {
        foreach (var cell in EdgeTrace.Edges)
        {
            Edges += reached[cell] == 0 ? 1 : 0;
            reached[cell] |= Bucket(EdgeTrace.CountOf(cell));
        }
    }

    /// <summary>Whether the last run reached all of <paramref name="features"/>.</summary>
    public static bool HasReached(IReadOnlyList<Feature> features)
    {
        foreach (var (cell, bucket) in features)
        {
            if (Bucket(EdgeTrace.CountOf(cell)) != bucket)
            {
                return false;
            }
        }

        return true;
    }

    private static byte Bucket(int count) => count switch
    {
        0 => 0,
        < 4 => (byte)(1 << (count - 1)),
        < 32 => (byte)(1 << (BitOperations.Log2((uint)count) + 1)),
        < 128 => 1 << 6,
        _ => 1 << 7,
    };
}
