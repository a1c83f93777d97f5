using System.Diagnostics;
using StsWebhook.Tests.Support;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>Runs a program and waits until it exits.</summary>
internal static class CommandLine
{
    public static Outcome Run(string program, params IEnumerable<string> arguments) => Run(program, input: string.Empty, arguments);

    public static Outcome Run(string program, string input, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>The result of a program.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public string OutputOrThrow() =>
            ExitCode == 0 ? Output : throw new InvalidOperationException($"exit code {ExitCode}: {Error}{Output}");
    }
}
