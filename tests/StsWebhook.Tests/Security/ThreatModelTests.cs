using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Security;

/// <summary>What SECURITY.md claims, it claims by tests: each that it names must be there.</summary>
public sealed class ThreatModelTests
{
    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains("/obj/", StringComparison.Ordinal))];

    public static TheoryData<string> Named =>
    [
        .. Regex.Matches(
                File.ReadAllText(Repository.PathOf("SECURITY.md")), @"`(?<test>\w+(Tests|Contract)(\.\w+)?)`", RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout)
            .Select(match => match.Groups["test"].Value)
            .Distinct(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Named))]
    public void TestThatIsNamed_IsThere(string name)
    {
        var (type, method) = name.Split('.') is [var only] ? (only, string.Empty) : (name.Split('.')[0], name.Split('.')[1]);

        var source = string.Concat(Sources.Where(path => Path.GetFileNameWithoutExtension(path) == type).Select(File.ReadAllText));

        Assert.Contains($"class {type}", source, StringComparison.Ordinal);
        Assert.Contains(method + "(", source, StringComparison.Ordinal);
    }
}
