using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace StsWebhook.Generators;

/// <summary>
/// Generates <c>Policy/Text/CompatibilityTable.cs</c> of the core from the Unicode Character Database (Debian package
/// unicode-data, <c>/usr/share/unicode</c>; www.unicode.org/Public).
/// </summary>
public static partial class CompatibilityTableGenerator
{
    private const string Characters = "abcdefghijklmnopqrstuvwxyz0123456789.:/%@_=-";
    private const string SequenceCharacters = "abcdefghijklmnopqrstuvwxyz.";
    private const int MaxLine = 120;

    /// <summary>Full stops that UTS 46 maps to a dot and NFKC does not: ideographic, and its half-width form.</summary>
    private static readonly int[] FullStops = [0x3002, 0xFF61];

    /// <summary>
    /// The Mongolian soft hyphen, which clients that follow IDNA 2003 ignore (RFC 3454, table B.1), as Python. The Unicode
    /// Character Database does not say so.
    /// </summary>
    private static readonly int[] IgnoredByIdna2003 = [0x1806];

    /// <summary>The source code of the table.</summary>
    /// <param name="folder">
    /// The folder with <c>UnicodeData.txt</c>, <c>DerivedCoreProperties.txt</c>, and <c>DerivedAge.txt</c> for the version.
    /// </param>
    public static string Generate(string folder)
    {
        var folds = Folds(Decompositions(Path.Combine(folder, "UnicodeData.txt")));
        return $$"""
            using System.Collections.Frozen;

            namespace StsWebhook.Core.Policy.Text;

            /// <summary>
            /// The table of <see cref="CompatibilityFold"/>: the characters that NFKC maps to lower-case letters, digits and
            /// <c>. : / % @ _ = -</c>. Sequences with digits or other punctuation are left out, since no keyword contains one.
            /// Generated from the Unicode Character Database by tests/Generators: run <c>make generate</c>, do not edit.
            /// </summary>
            internal static class CompatibilityTable
            {
                /// <summary>The version of the Unicode Character Database.</summary>
                public const string UnicodeVersion = "{{Version(folder)}}";

                /// <summary>Runs of characters that fold to a run of ASCII: first code point, length, what the first folds to.</summary>
                public static readonly int[] Runs =
                [
            {{Lines(Runs(folds))}}
                ];

                /// <summary>
                /// Ranges of characters that URL parsers ignore in a host: first code point, length. They are the
                /// Default_Ignorable_Code_Point, of which each version of UTS 46 ignores some, and U+1806 of IDNA 2003.
                /// </summary>
                public static readonly int[] Ignored =
                [
            {{Lines(Ranges(IgnoredCodePoints(Path.Combine(folder, "DerivedCoreProperties.txt"))))}}
                ];

                /// <summary>Characters that fold to several, as the ligature of s and t.</summary>
                public static readonly FrozenDictionary<int, string> Sequences = new (int CodePoint, string Text)[]
                {
            {{Lines(folds.Where(fold => fold.Value.Length > 1).Select(fold => $"(0x{fold.Key:X}, \"{fold.Value}\")"))}}
                }.ToFrozenDictionary(s => s.CodePoint, s => s.Text);
            }

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The version of the database, from the first line of <c>DerivedAge.txt</c>: <c># DerivedAge-15.0.0.txt</c>.</summary>
    public static string Version(string folder) =>
        VersionLine().Match(File.ReadLines(Path.Combine(folder, "DerivedAge.txt")).First()).Groups["version"].Value;

    /// <summary>The compatibility and canonical mappings: field 5 of UnicodeData.txt, after an optional tag such as <c>&lt;font></c>.</summary>
    private static Dictionary<int, int[]> Decompositions(string file) => File.ReadLines(file)
        .Select(line => line.Split(';'))
        .Where(fields => fields[5].Length > 0)
        .ToDictionary(
            fields => CodePoint(fields[0]),
            fields => fields[5].Split(' ').Where(word => word[0] != '<').Select(CodePoint).ToArray());

    private static SortedDictionary<int, string> Folds(Dictionary<int, int[]> decompositions)
    {
        var folds = new SortedDictionary<int, string>(FullStops.ToDictionary(c => c, _ => "."));
        foreach (var character in decompositions.Keys)
        {
            var text = new StringBuilder();
            Decompose(character, decompositions, text);
            var folded = text.ToString().ToLowerInvariant();
            if (folded.All(c => (folded.Length == 1 ? Characters : SequenceCharacters).Contains(c, StringComparison.Ordinal)))
            {
                folds[character] = folded;
            }
        }

        return folds;
    }

    /// <summary>The code points of lines such as <c>180B..180D    ; Default_Ignorable_Code_Point # …</c>.</summary>
    private static SortedSet<int> IgnoredCodePoints(string file) => new(File.ReadLines(file)
        .Select(line => line.Split('#')[0].Split(';'))
        .Where(fields => fields.Length == 2 && fields[1].Trim() == "Default_Ignorable_Code_Point")
        .Select(fields => fields[0].Trim().Split(".."))
        .SelectMany(ends => Enumerable.Range(CodePoint(ends[0]), CodePoint(ends[^1]) - CodePoint(ends[0]) + 1))
        .Concat(IgnoredByIdna2003));

    private static IEnumerable<string> Ranges(SortedSet<int> codePoints)
    {
        var ranges = new List<(int First, int Length)>();
        foreach (var codePoint in codePoints)
        {
            if (ranges is [.., var last] && codePoint == last.First + last.Length)
            {
                ranges[^1] = last with { Length = last.Length + 1 };
            }
            else
            {
                ranges.Add((codePoint, 1));
            }
        }

        return ranges.Select(range => $"0x{range.First:X}, {range.Length}");
    }

    private static void Decompose(int character, Dictionary<int, int[]> decompositions, StringBuilder text)
    {
        if (!decompositions.TryGetValue(character, out var parts))
        {
            text.Append(new Rune(character));
            return;
        }

        foreach (var part in parts)
        {
            Decompose(part, decompositions, text);
        }
    }

    private static IEnumerable<string> Runs(SortedDictionary<int, string> folds)
    {
        var runs = new List<(int First, int Length, char Ascii)>();
        foreach (var (character, text) in folds.Where(fold => fold.Value.Length == 1))
        {
            if (runs is [.., var last] && character == last.First + last.Length && text[0] == last.Ascii + last.Length)
            {
                runs[^1] = last with { Length = last.Length + 1 };
            }
            else
            {
                runs.Add((character, 1, text[0]));
            }
        }

        return runs.Select(run => $"0x{run.First:X}, {run.Length}, '{run.Ascii}'");
    }

    private static string Lines(IEnumerable<string> items)
    {
        var lines = new List<StringBuilder> { new("       ") };
        foreach (var item in items)
        {
            if (lines[^1].Length + item.Length + 2 > MaxLine)
            {
                lines.Add(new StringBuilder("       "));
            }

            lines[^1].Append(' ').Append(item).Append(',');
        }

        return string.Join('\n', lines);
    }

    private static int CodePoint(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^# DerivedAge-(?<version>\d+\.\d+\.\d+)\.txt$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionLine();
}
