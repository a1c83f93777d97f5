using System.Text.RegularExpressions;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Settings;

/// <summary>The table of settings is complete, and docs/configuration.md shows it.</summary>
public sealed partial class SettingKeysTests
{
    public static TheoryData<string> Keys => [.. SettingKeys.All.Select(key => key.Name)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Help_IsOneSentenceWithoutTheDefault(string name)
    {
        var help = SettingKeys.Find(name).Help;

        Assert.Matches(Sentence(), help);
        Assert.DoesNotContain("[default", help, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Default_IsAllowedAndStatedOnce(string name)
    {
        var key = SettingKeys.Find(name);

        Assert.True(key.Default is null || key.DefaultDescription is null);
        Assert.True(key.Default is null || key.TryApply(new ServerSettings(), key.Default, member: string.Empty) is not null);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Words_AreAllowedAndNamedInTheErrorMessage(string name)
    {
        var key = SettingKeys.Find(name);

        Assert.All(key.Words, word => Assert.NotNull(key.TryApply(new ServerSettings(), word, member: string.Empty)));
        Assert.True(key.Words.Count == 0 || key.Allowed == string.Join(", ", key.Words));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Range_EndsAreAllowedAndTheirNeighboursAreNot(string name)
    {
        var key = SettingKeys.Find(name);
        if (key.Range is not var (minimum, maximum))
        {
            return;
        }

        Assert.All([minimum, maximum], number => Assert.NotNull(Apply(number)));
        Assert.All([minimum - 1, maximum + 1], number => Assert.Null(Apply(number)));

        ServerSettings? Apply(int number) =>
            key.TryApply(new ServerSettings(), number.ToString(System.Globalization.CultureInfo.InvariantCulture), member: string.Empty);
    }

    [Fact]
    public void Flags_AreUnique()
    {
        var flags = SettingKeys.All.Where(key => key.Flag is not null).Select(key => key.Flag!).ToArray();

        Assert.Equal(flags.Distinct(StringComparer.Ordinal), flags, StringComparer.Ordinal);
        Assert.All(SettingKeys.All.Where(key => key.Flag is not null), key => Assert.NotEmpty(key.Placeholder));
    }

    [Fact]
    public void Documentation_ListsEverySetting() => GeneratedSection.Verify("docs/configuration.md", "settings", [
        "| Key | Flag | Default | Allowed values | Applies | Meaning |",
        "| --- | --- | --- | --- | --- | --- |",
        .. SettingKeys.All.Select(Row),
    ]);

    private static string Row(SettingKey key) =>
        $"| {Code(key.Name.Replace("*", "NAME", StringComparison.Ordinal))} | {Flag(key)} | {Default(key)} | {Allowed(key)}"
        + $" | {(key.Reloads ? "on change" : "after restart")} | {Markdown(key.Help)} |";

    private static string Flag(SettingKey key) =>
        key.Flag is null ? string.Empty : Code(key.Flag) + (key.IsServeFlag ? string.Empty : $" ({Code(CommandOf(key))})");

    private static string CommandOf(SettingKey key) =>
        key.Name.StartsWith("certificates.", StringComparison.Ordinal) ? "certificates revoke" : "check";

    private static string Default(SettingKey key) =>
        key.DefaultDescription is { } text ? Markdown(text) : key.Default is { } value ? Code(value) : string.Empty;

    private static string Allowed(SettingKey key) => key.Words.Count > 0 ? string.Join(", ", key.Words.Select(Code)) : Markdown(key.Allowed);

    private static string Code(string text) => $"`{text}`";

    /// <summary>Sets paths, variables, placeholders and flags of a plain text as code.</summary>
    private static string Markdown(string text) => CodeWord().Replace(text, match => Code(match.Value.Trim('\'')));

    [GeneratedRegex(@"^[A-Z].*[^.]\.$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"'[^']{2,}'|\{\w+\}|\$[A-Z]+|[/~][\w./-]+|--[a-z-]+|\b[A-Z]+_[A-Z_]+\b|\btls\.(crt|key)\b|\benvFrom\b|\bcaBundle\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeWord();
}
