namespace StsWebhook.Fuzz.Engine;

/// <summary>Something that reads what others wrote.</summary>
internal interface IFuzzTarget
{
    /// <summary>The name by which it is chosen.</summary>
    string Name { get; }

    /// <summary>How many times more an input may cost than <see cref="Cost"/> says of its length: 1, but for what is known.</summary>
    int CostFactor { get; }

    /// <summary>Sound and unsound inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds();

    /// <summary>An input that is like <paramref name="input"/>, perhaps with parts of <paramref name="other"/>.</summary>
    byte[] Mutate(byte[] input, byte[] other, Random random);

    /// <summary>Inputs that are parts of <paramref name="input"/>, the smallest first.</summary>
    IEnumerable<byte[]> Smaller(byte[] input);

    /// <summary>Lets the code read an input: only what this does counts as coverage and as cost.</summary>
    /// <returns>Judges what came of it, and throws <see cref="OracleException"/> where that is wrong.</returns>
    Action Run(byte[] input);
}
