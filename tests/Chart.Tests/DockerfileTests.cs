using System.Diagnostics;
using System.Text.Json.Nodes;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>
/// The Dockerfile without a container engine: each step of the build runs in a folder that contains only the results of
/// earlier steps. The base images are not available in CI.
/// </summary>
public sealed class DockerfileTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private static readonly Dockerfile File = Dockerfile.Read(Repository.Text("Dockerfile"));

    /// <summary>The step that copies the binary from the first stage.</summary>
    private static Dockerfile.Instruction Binary => File.LastStage.Single(i => i.Words[0] == "--from=build");

    [Fact]
    public void Steps_InAnEmptyFolder_BuildTheBinaryOfTheImage()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "takes minutes and runs in CI only: set CI=true to run it");

        using var root = new TemporaryFolder();
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        var folder = root.Path;
        foreach (var step in File.FirstStage)
        {
            switch (step.Name)
            {
                case "ARG":
                    variables.TryAdd(step.Words[0].Split('=')[0], step.Words[0] == "COMMIT=" ? Commit : string.Empty);
                    break;
                case "ENV":
                    Array.ForEach(step.Words, word => variables[word.Split('=')[0]] = word.Split('=')[1]);
                    break;
                case "WORKDIR":
                    folder = Directory.CreateDirectory(root.Path + step.Arguments).FullName;
                    break;
                case "COPY":
                    BuildContext.Copy(step.Words[..^1], Path.Combine(folder, step.Words[^1]));
                    break;
                case "RUN":
                    Execute(step.Arguments, folder, variables);
                    break;
                default:
                    Assert.Fail($"this test does not know {step.Name}");
                    break;
            }
        }

        var binary = root.Path + Binary.Words[1];
        Assert.EndsWith($"(commit {Commit})\n", CommandLine.Run(binary, "--version").OutputOrThrow(), StringComparison.Ordinal);

        // The libraries of runtime-deps. The runtime loads OpenSSL when TLS needs it.
        var libraries = CommandLine.Run("ldd", binary).OutputOrThrow().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Path.GetFileName(line.Trim().Split(' ')[0]).Split('.')[0].Split('-')[0]);
        Assert.Equal(["ld", "libc", "libm", "linux"], libraries.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void BuildContext_HasTheSourcesAndNothingThatWasBuilt()
    {
        Assert.Contains("src/StsWebhook/Program.cs", BuildContext.Files, StringComparer.Ordinal);
        Assert.DoesNotContain(BuildContext.Files, f => f.Split('/') is var steps && (steps.Contains("obj") || steps.Contains("bin")));
        Assert.All(BuildContext.Files, f => Assert.Contains(
            f.Split('/')[0],
            [".ci", ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "global.json", "src"],
            StringComparer.Ordinal));
    }

    [Fact]
    public void Sdk_IsTheOneThatTheLockFilesAreFor() => Assert.Contains(
        $":{(string?)JsonNode.Parse(Repository.Text("global.json"))!["sdk"]!["version"]}-", File.DefaultOf("SDK_IMAGE"), StringComparison.Ordinal);

    [Fact]
    public void LastStage_RunsNoCommand_AndStartsTheBinaryAsAnUnprivilegedUser()
    {
        Assert.Contains("chiseled", File.DefaultOf("RUNTIME_IMAGE"), StringComparison.Ordinal);
        Assert.DoesNotContain(File.LastStage, i => i.Name == "RUN");
        Assert.True(int.Parse(File.LastStage.Single(i => i.Name == "USER").Arguments, null) > 0);
        Assert.Equal($"[\"{Binary.Words[2]}\"]", File.LastStage.Single(i => i.Name == "ENTRYPOINT").Arguments);
        Assert.Contains("org.opencontainers.image.revision", File.LastStage.Single(i => i.Name == "LABEL").Arguments, StringComparison.Ordinal);
        Assert.All(
            File.LastStage.Where(i => i.Name == "COPY" && i != Binary).SelectMany(i => i.Words[..^1]),
            source => Assert.Contains(source, BuildContext.Files, StringComparer.Ordinal));
    }

    private static void Execute(string script, string folder, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };

        // Variables that `dotnet test` passes to child processes.
        foreach (var own in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(own);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"RUN {script}\n{output}");
    }
}
