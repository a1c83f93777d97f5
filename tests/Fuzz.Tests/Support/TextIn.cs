using System.Text;
using StsWebhook.Core.Json;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;

namespace StsWebhook.Fuzz.Tests.Support;

/// <summary>A target that reads JSON and fails as a test requires.</summary>
internal sealed class TextIn(Action<string> judge) : IFuzzTarget
{
    public string Name => "text-in";

    public int CostFactor => 1;

    public IEnumerable<byte[]> Seeds() => ["{}"u8.ToArray(), "[1, \"a\"]"u8.ToArray()];

    public byte[] Mutate(byte[] input, byte[] other, Random random) => JsonMutator.Mutate(input, other, random);

    public IEnumerable<byte[]> Smaller(byte[] input) => Chunks.Without(input);

    public Action Run(byte[] input)
    {
        if (JsonInput.TryParse(input, out var document, out _))
        {
            document.Dispose();
        }

        return () => judge(Encoding.UTF8.GetString(input));
    }
}
