using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Settings;

/// <summary>The types of values that settings have.</summary>
internal static class SettingTypes
{
    /// <summary>A TCP port; 0 selects a free one.</summary>
    public static SettingType<int> Port { get; } = Number("a port", (0, 65535), "PORT", number => number, port => port);

    /// <summary>The time between SIGTERM and the end, in whole seconds.</summary>
    public static SettingType<TimeSpan> Seconds { get; } =
        Number("seconds", (0, 600), "SECONDS", number => TimeSpan.FromSeconds(number), delay => (int)delay.TotalSeconds);

    /// <summary>An amount of memory, written in MiB and held in bytes.</summary>
    public static SettingType<long> Mebibytes { get; } =
        Number("MiB", (8, 65535), "MIB", number => number * 1024L * 1024, bytes => (int)(bytes / 1024 / 1024));

    /// <summary>A switch.</summary>
    public static SettingType<bool> Boolean { get; } =
        new("true, false", "true|false", bool.TryParse, value => value ? "true" : "false") { Words = ["true", "false"] };

    /// <summary>The path of a file.</summary>
    public static SettingType<string> File { get; } = Text("a file", "FILE", value => value.Length > 0);

    /// <summary>The path of a directory.</summary>
    public static SettingType<string> Directory { get; } = Text("a directory", "DIR", value => value.Length > 0);

    /// <summary>The name of a Kubernetes object.</summary>
    public static SettingType<string> ObjectName { get; } =
        Text("the name of an object: lower-case letters, digits, dashes and dots", "NAME", IsDnsName);

    /// <summary>The name of a namespace.</summary>
    public static SettingType<string> NamespaceName { get; } = Text("the name of a namespace", "NAME", IsDnsName);

    /// <summary>Host names and IP addresses.</summary>
    public static SettingType<string> Hosts { get; } =
        Text("host names and IP addresses, separated by commas", "NAMES", value => value.Split(',').All(IsHost));

    /// <summary>The name of an AWS region, of any partition.</summary>
    public static SettingType<string> Region { get; } =
        Text("the name of a region, such as eu-west-1", "REGION", value => Partitions.IsRegion(value));

    /// <summary>A severity of findings.</summary>
    public static SettingType<Severity> Severity { get; } = Word([.. Enum.GetValues<Severity>().OrderDescending()]);

    /// <summary>
    /// A level of log lines. The levels above <c>error</c> are not offered: the program logs nothing at these levels.
    /// </summary>
    public static SettingType<LogLevel> LogLevel { get; } =
        Word([.. Enum.GetValues<LogLevel>().Where(level => level <= Microsoft.Extensions.Logging.LogLevel.Error)]);

    /// <summary>A member of an enumeration, by its word. Case and dashes do not matter.</summary>
    public static SettingType<T> Word<T>()
        where T : struct, Enum => Word(Enum.GetValues<T>());

    private static SettingType<T> Word<T>(T[] values)
        where T : struct, Enum
    {
        string[] words = [.. values.Select(value => EnumWord.Format(value))];
        return new SettingType<T>(string.Join(", ", words), string.Join('|', words), TryParse, value => EnumWord.Format(value))
        {
            Words = words,
        };

        bool TryParse(string text, out T value)
        {
            var index = Array.FindIndex(words,
                word => string.Equals(Plain(word), Plain(text), StringComparison.OrdinalIgnoreCase));
            value = index < 0 ? default : values[index];
            return index >= 0;
        }

        static string Plain(string word) => word.Replace("-", string.Empty, StringComparison.Ordinal);
    }

    private static SettingType<T> Number<T>(
        string noun, (int Minimum, int Maximum) range, string placeholder, Func<int, T> fromNumber, Func<T, int> toNumber)
    {
        return new SettingType<T>(
            string.Create(CultureInfo.InvariantCulture, $"{noun} from {range.Minimum} to {range.Maximum}"),
            placeholder,
            TryParse,
            value => toNumber(value).ToString(CultureInfo.InvariantCulture))
        {
            Range = range,
        };

        bool TryParse(string text, [MaybeNullWhen(false)] out T value)
        {
            var isAllowed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= range.Minimum && number <= range.Maximum;
            value = isAllowed ? fromNumber(number) : default;
            return isAllowed;
        }
    }

    private static SettingType<string> Text(string allowed, string placeholder, Predicate<string> isAllowed)
    {
        return new SettingType<string>(allowed, placeholder, TryParse, value => value);

        bool TryParse(string text, [MaybeNullWhen(false)] out string value)
        {
            value = isAllowed(text) ? text : null;
            return value is not null;
        }
    }

    /// <summary>
    /// Whether a text is a DNS subdomain name (RFC 1123) in lower case, as Kubernetes requires for object names.
    /// </summary>
    private static bool IsDnsName(string value) =>
        value.Length is > 0 and <= 253
        && value.Split('.').All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    private static bool IsHost(string value) => IsDnsName(value.Trim()) || IPAddress.TryParse(value.Trim(), out _);
}
