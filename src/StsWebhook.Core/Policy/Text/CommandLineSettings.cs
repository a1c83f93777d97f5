namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the settings of a command line: <c>--flag value</c>, <c>--flag=value</c>, <c>-Dproperty=value</c>,
/// <c>NAME=value</c>, and the name of a setting with its value behind it, as in
/// <c>aws configure set sts_regional_endpoints legacy</c> or <c>setx AWS_REGION aws-global</c>.
/// </summary>
internal static class CommandLineSettings
{
    /// <summary>Reads words, whose values belong to <paramref name="key"/> where they have no nearer key.</summary>
    /// <param name="words">The words; a null separates commands.</param>
    /// <param name="key">The key of the whole line.</param>
    /// <param name="nesting">Where the line stands within other texts; null for nowhere.</param>
    public static IEnumerable<Setting> Read(IEnumerable<string?> words, string key = "", Nesting? nesting = null)
    {
        nesting ??= new Nesting();
        string? flag = null;
        foreach (var word in words)
        {
            if (word is null)
            {
                flag = null;
                key = string.Empty;
                continue;
            }

            if (word == "=" && flag is not null && Keys.IsSettingName(flag))
            {
                // PowerShell and most languages put blanks around the sign.
                continue;
            }

            var isFlag = word.StartsWith('-');
            if (flag is not null && !isFlag)
            {
                foreach (var setting in TextSettings.Read(word, flag, nesting.Inner()))
                {
                    yield return setting;
                }
            }
            else if (TextSettings.IsText(word))
            {
                foreach (var setting in TextSettings.Read(word, key, nesting.Inner()))
                {
                    yield return setting with { IsWhole = setting.IsWhole && setting.Key != key };
                }
            }
            else
            {
                foreach (var setting in WordSettings.Read(word, key))
                {
                    yield return setting with { IsWhole = setting.IsWhole && setting.Key != key };
                }
            }

            var takesValue = isFlag ? !word.Contains('=', StringComparison.Ordinal) : Keys.IsSettingName(word);
            flag = takesValue ? word : null;
        }
    }
}
