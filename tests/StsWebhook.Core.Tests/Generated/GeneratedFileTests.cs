using System.Text.RegularExpressions;
using StsWebhook.Core.Policy.Text;
using StsWebhook.Generators;
using StsWebhook.Tests.Support;

namespace StsWebhook.Core.Tests.Generated;

/// <summary>Files that tests/Generators writes, against their sources. <c>make generate</c> fetches the sources.</summary>
public partial class GeneratedFileTests
{
    private const string Table = "src/StsWebhook.Core/Policy/Text/CompatibilityTable.cs";
    private const string Regions = "src/StsWebhook.Core/Regions";

    [Fact]
    public void CompatibilityTable_NamesItsSourceAndVersion()
    {
        var text = File.ReadAllText(Repository.PathOf(Table));

        Assert.Contains("Generated from the Unicode Character Database by tests/Generators", text, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+$", CompatibilityTable.UnicodeVersion);
    }

    [Fact]
    public void CompatibilityTable_GeneratedAgain_IsTheSame()
    {
        string[] folders = [Repository.PathOf(".tools/generate/unicode"), "/usr/share/unicode"];
        var folder = Array.Find(folders, f => File.Exists(Path.Combine(f, "UnicodeData.txt")));
        Assert.SkipWhen(folder is null, "needs the Debian package unicode-data, or make generate");
        var version = CompatibilityTableGenerator.Version(folder!);
        Assert.SkipUnless(version == CompatibilityTable.UnicodeVersion, $"the table is of Unicode {CompatibilityTable.UnicodeVersion}, {folder} of {version}");

        Assert.Equal(CompatibilityTableGenerator.Generate(folder!), File.ReadAllText(Repository.PathOf(Table)));
    }

    [Fact]
    public void Partitions_NoticeNamesVersionAndHashOfTheFile()
    {
        var notice = File.ReadAllText(Repository.PathOf($"{Regions}/partitions.NOTICE"));
        var version = BotocoreVersion().Match(notice).Groups["version"].Value;

        Assert.NotEmpty(version);
        Assert.Equal(PartitionsUpdater.Notice(version, File.ReadAllBytes(Repository.PathOf($"{Regions}/partitions.json"))), notice);
    }

    [Fact]
    public void Partitions_CopiedAgain_AreTheSame()
    {
        var botocore = Repository.PathOf(".tools/generate/botocore");
        Assert.SkipUnless(Directory.Exists(botocore), "needs make generate");

        var partitions = File.ReadAllBytes(Path.Combine(botocore, "data/partitions.json"));
        Assert.Equal(partitions, File.ReadAllBytes(Repository.PathOf($"{Regions}/partitions.json")));
    }

    [GeneratedRegex(@"botocore (?<version>[\d.]+),", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BotocoreVersion();
}
