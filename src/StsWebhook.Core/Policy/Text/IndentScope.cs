namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The keys that enclose the current line of an indented text. A key without a value opens a block, which contains the
/// lines that are indented deeper or that are items. Two keys come from the previous line instead: <c>name:</c>, whose
/// <c>value:</c> follows at the same indent, and a flag, whose value is the next item of a list.
/// </summary>
internal sealed class IndentScope(string root)
{
    private readonly Stack<(string Key, int Indent)> open = new();
    private (string Name, int Indent) pair = (string.Empty, -1);
    private (string Flag, int Indent) flag = (string.Empty, -1);

    /// <summary>The key of the innermost block.</summary>
    public string Current => open.TryPeek(out var block) ? block.Key : root;

    /// <summary>Opens a block under <paramref name="key"/>, which is at <paramref name="indent"/>.</summary>
    public void Open(string key, int indent) => open.Push((key, indent));

    /// <summary>Closes the blocks that a line at <paramref name="indent"/> ends.</summary>
    public void CloseAt(int indent, bool isItem)
    {
        while (open.TryPeek(out var block) && (indent < block.Indent || (indent == block.Indent && !isItem)))
        {
            open.Pop();
        }
    }

    /// <summary>
    /// The key of a value: <paramref name="key"/>, unless it is the <c>value</c> of a name-value pair, as Kubernetes
    /// writes variables. Remembers the name of a pair.
    /// </summary>
    public string NameFor(string key, string value, int indent)
    {
        if (NameValueConvention.IsName(key))
        {
            pair = (value.Trim('"', '\''), indent);
        }

        return NameValueConvention.IsValue(key) && pair.Indent == indent ? pair.Name : key;
    }

    /// <summary>The flag whose value an item is, or null. Remembers an item that is a flag itself.</summary>
    public string? FlagBefore(int indent, string item)
    {
        var before = flag.Indent == indent ? flag.Flag : null;
        var isFlag = item.StartsWith('-') && item.AsSpan().IndexOfAny(" =") < 0;
        flag = isFlag ? (item, indent) : (string.Empty, -1);
        return before;
    }
}
