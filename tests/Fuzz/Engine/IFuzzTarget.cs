namespace StsWebhook.Fuzz.Engine;

/// <summary>A parser of untrusted input.</summary>
internal interface IFuzzTarget
{
    /// <summary>The name that <c>--target</c> selects.</summary>
    string Name { get; }

    /// <summary>The factor on the cost that <see cref="Cost"/> allows for the length of an input: 1, except for known costs.</summary>
    int CostFactor { get; }

    /// <summary>Valid and invalid inputs to start with.</summary>
    IEnumerable<byte[]> Seeds();

    /// <summary>Returns a variation of <paramref name="input"/>, possibly with parts of <paramref name="other"/>.</summary>
    byte[] Mutate(byte[] input, byte[] other, Random random);

    /// <summary>Returns parts of <paramref name="input"/>, the smallest first.</summary>
    IEnumerable<byte[]> Smaller(byte[] input);

    /// <summary>Runs the code on an input: only this call counts for coverage and cost.</summary>
    /// <returns>A check of the result, which throws <see cref="OracleException"/> if the result is wrong.</returns>
    Action Run(byte[] input);
}
