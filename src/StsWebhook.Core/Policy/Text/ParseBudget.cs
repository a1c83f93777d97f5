using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Limits the work of parsing texts within texts, so that the time is linear in the length of the outermost text: how deep
/// texts nest, and how often a text that only looks like JSON is parsed without success, since the parser reports that by
/// an exception. Texts beyond a limit are read as plain words, in which hosts and keys are still found. Used by one thread.
/// </summary>
internal sealed class ParseBudget
{
    private const int MaxDepth = 6;
    private const int MaxFailedAttempts = 64;

    private readonly int depth;
    private readonly ParseBudget outermost;
    private int failedAttempts;

    /// <summary>Creates the budget of an outermost text.</summary>
    public ParseBudget()
    {
        outermost = this;
    }

    private ParseBudget(int depth, ParseBudget outermost)
    {
        this.depth = depth;
        this.outermost = outermost;
    }

    /// <summary>Whether the text is nested too deep to be parsed.</summary>
    public bool IsTooDeep => depth > MaxDepth;

    /// <summary>The budget of a text within this one.</summary>
    public ParseBudget Inner() => new(depth + 1, outermost);

    /// <summary>Parses a text as JSON; null if it is not JSON. The caller disposes the document.</summary>
    public JsonDocument? TryParseJson(string text)
    {
        if (!LooksLikeJson(text) || outermost.failedAttempts >= MaxFailedAttempts)
        {
            return null;
        }

        if (JsonInput.TryParse(Encoding.UTF8.GetBytes(text), out var document, out _))
        {
            return document;
        }

        outermost.failedAttempts++;
        return null;
    }

    /// <summary>
    /// Whether a text begins as a JSON object or array with content. A section of an INI file, <c>[default]</c>, does not.
    /// </summary>
    private static bool LooksLikeJson(string text) => text switch
    {
        ['{', .., '}'] => text.AsSpan(1).TrimStart()[0] is '"' or '}',
        ['[', .., ']'] => text.AsSpan(1).TrimStart()[0] is '"' or '{' or '[' or ']',
        _ => false,
    };
}
