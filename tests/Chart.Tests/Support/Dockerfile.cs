namespace StsWebhook.Chart.Tests.Support;

/// <summary>The instructions of the Dockerfile. The parser supports what the file uses: no heredocs, and only escaped line ends.</summary>
internal sealed record Dockerfile(IReadOnlyList<Dockerfile.Instruction> Instructions)
{
    public IEnumerable<Instruction> FirstStage => Instructions.SkipWhile(i => i.Name != "FROM").Skip(1).TakeWhile(i => i.Name != "FROM");

    public IEnumerable<Instruction> LastStage => Instructions.Reverse().TakeWhile(i => i.Name != "FROM").Reverse();

    public static Dockerfile Read(string text)
    {
        var lines = text.Split('\n').Where(line => !line.StartsWith('#') && line.Length > 0);
        return new Dockerfile([.. string.Join('\n', lines)
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .Select(parts => new Instruction(parts[0], parts[1]))]);
    }

    /// <summary>The default of a build argument.</summary>
    public string DefaultOf(string argument) => Instructions
        .First(i => i.Name == "ARG" && i.Arguments.StartsWith(argument + "=", StringComparison.Ordinal)).Arguments[(argument.Length + 1)..];

    internal sealed record Instruction(string Name, string Arguments)
    {
        /// <summary>The arguments, split at spaces; no argument of this Dockerfile contains one.</summary>
        public string[] Words => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
