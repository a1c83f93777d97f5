using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;

namespace StsWebhook.Tests.RepositoryFiles;

/// <summary>A Markdown file of the repository: its links and the anchors of its headings.</summary>
internal sealed partial class MarkdownFile
{
    /// <summary>Folders that hold what was built, installed or generated.</summary>
    private static readonly string[] Excluded = ["bin", "obj", "artifacts", ".tools", ".git", "node_modules", "Corpus"];

    private readonly List<string> lines = [];

    private MarkdownFile(string path)
    {
        var isCode = false;
        foreach (var line in File.ReadLines(path))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (!isCode)
            {
                lines.Add(line);
            }
        }
    }

    /// <summary>The text without code blocks.</summary>
    public string Text => string.Join('\n', lines);

    /// <summary>What links and images point to, as written.</summary>
    public IEnumerable<string> Targets =>
        InlineLink().Matches(InlineCode().Replace(Text, string.Empty)).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors that GitHub gives the headings.</summary>
    public IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in lines.Where(line => Heading().IsMatch(line)))
            {
                var anchor = Slug(line.TrimStart('#').Trim());
                for (var (unique, n) = (anchor, 0); !anchors.Add(unique);)
                {
                    unique = $"{anchor}-{++n}";
                }
            }

            return anchors;
        }
    }

    /// <summary>Reads a file.</summary>
    public static MarkdownFile Read(string path) => new(path);

    /// <summary>The paths of all Markdown files of the repository, relative to its root.</summary>
    public static IEnumerable<string> All()
    {
        var root = Repository.PathOf(string.Empty);
        return Directory.EnumerateFiles(root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Where(path => !path.Split('/').Intersect(Excluded, StringComparer.Ordinal).Any())
            .Order(StringComparer.Ordinal);
    }

    /// <summary>github.com/gjtorikian/html-pipeline, TableOfContentsFilter: the anchor that GitHub generates for a heading, in lower case.</summary>
    private static string Slug(string heading)
    {
        var text = LinkText().Replace(heading, "${text}");
        return NoAnchor().Replace(text.ToLowerInvariant(), string.Empty).Replace(' ', '-');
    }

    [GeneratedRegex("^#{1,6} ", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex LinkText();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex NoAnchor();
}
