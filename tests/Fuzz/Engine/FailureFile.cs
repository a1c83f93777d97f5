namespace StsWebhook.Fuzz.Engine;

/// <summary>Keeps the input of a failure, and says how to run it again.</summary>
internal static class FailureFile
{
    /// <summary>Inputs up to this size are also printed, for machines whose files are deleted after the run.</summary>
    private const int MostPrinted = 4096;

    /// <summary>Writes the input to a folder.</summary>
    /// <returns>The message to print.</returns>
    public static string Write(IFuzzTarget target, Failure failure, string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{target.Name}-{CorpusFolder.NameOf(failure.Input)}");
        File.WriteAllBytes(path, failure.Input);
        var base64 = failure.Input.Length <= MostPrinted ? $"\n  base64: {Convert.ToBase64String(failure.Input)}" : string.Empty;
        return $"FAILED {target.Name}: {failure.Cause}\n  input: {path}{base64}\n  again: make fuzz TARGET={target.Name} INPUT={path}\n{failure.Details}\n";
    }
}
