namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The keys that the line at hand stands under. A key with nothing behind it opens a block, which lasts as long as
/// lines are indented deeper or are items.
/// </summary>
internal sealed class KeyBlocks(string root)
{
    private readonly Stack<(string Key, int Indent)> open = new();

    /// <summary>The key of the innermost block.</summary>
    public string Current => open.TryPeek(out var block) ? block.Key : root;

    /// <summary>Opens a block under <paramref name="key"/>, which stands at <paramref name="indent"/>.</summary>
    public void Open(string key, int indent) => open.Push((key, indent));

    /// <summary>Closes the blocks that a line at <paramref name="indent"/> ends.</summary>
    public void CloseAt(int indent, bool isItem)
    {
        while (open.TryPeek(out var block) && (indent < block.Indent || (indent == block.Indent && !isItem)))
        {
            open.Pop();
        }
    }
}
