using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Where a text stands within others. Both its limits keep the time linear in the length of the outermost text: how
/// deep texts may nest, and how often one that only looks like JSON may be parsed in vain, since the parser says no
/// by an exception. What is beyond them is read as plain words, in which hosts and keys are still found.
/// </summary>
internal sealed class ParseBudget
{
    private const int MaxDepth = 6;
    private const int MaxVainAttempts = 64;

    private readonly int depth;
    private readonly ParseBudget outermost;
    private int vainAttempts;

    /// <summary>The outermost text.</summary>
    public ParseBudget()
    {
        outermost = this;
    }

    private ParseBudget(int depth, ParseBudget outermost)
    {
        this.depth = depth;
        this.outermost = outermost;
    }

    /// <summary>Whether the text is not to be taken apart any further.</summary>
    public bool IsTooDeep => depth > MaxDepth;

    /// <summary>The place of a text within this one.</summary>
    public ParseBudget Inner() => new(depth + 1, outermost);

    /// <summary>The text as JSON, to be disposed of by the caller; null where it is none.</summary>
    public JsonDocument? TryParseJson(string text)
    {
        if (!LooksLikeJson(text) || outermost.vainAttempts >= MaxVainAttempts)
        {
            return null;
        }

        if (JsonInput.TryParse(Encoding.UTF8.GetBytes(text), out var document, out _))
        {
            return document;
        }

        outermost.vainAttempts++;
        return null;
    }

    /// <summary>Whether an object begins with a string, or an array with a string, an object or an array: a section of an INI file does not.</summary>
    private static bool LooksLikeJson(string text) => text switch
    {
        ['{', .., '}'] => text.AsSpan(1).TrimStart()[0] is '"' or '}',
        ['[', .., ']'] => text.AsSpan(1).TrimStart()[0] is '"' or '{' or '[' or ']',
        _ => false,
    };
}
