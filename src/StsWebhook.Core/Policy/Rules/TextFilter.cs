namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// A cheap, necessary condition for a <see cref="TextRule"/>: a text that contains none of the keywords, and that the
/// predicate rejects, cannot violate the rule.
/// </summary>
internal sealed class TextFilter
{
    /// <summary>Creates a filter.</summary>
    /// <param name="keywords">Keywords, compared without case. Every matching text contains one of them.</param>
    /// <param name="mightMatch">A predicate for texts that no keyword describes.</param>
    /// <exception cref="ArgumentException">There is neither a keyword nor a predicate, so that the rule could never
    /// match.</exception>
    public TextFilter(IReadOnlyList<string> keywords, Predicate? mightMatch = null)
    {
        if (keywords.Count == 0 && mightMatch is null)
        {
            throw new ArgumentException("a text rule needs a keyword or a predicate", nameof(keywords));
        }

        Keywords = keywords;
        MightMatch = mightMatch;
    }

    /// <summary>
    /// Whether a normalised text, or the raw JSON of a part of an object, might match. It may be wrong only with true.
    /// </summary>
    public delegate bool Predicate(ReadOnlySpan<char> text);

    /// <summary>The keywords.</summary>
    public IReadOnlyList<string> Keywords { get; }

    /// <summary>The predicate; null if keywords are enough.</summary>
    public Predicate? MightMatch { get; }
}
