using System.Text;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

/// <summary>Writes URLs of the global host, and of hosts like it, in the ways that URL parsers accept. Used by one thread.</summary>
/// <param name="seed">The same seed gives the same URLs.</param>
internal sealed class UrlMutator(int seed)
{
    private static readonly string[] Schemes = ["https:", "http:", "HTTPS:", "ws:", "wss:", "ftp:", "file:", "x:", ""];
    private static readonly string[] Slashes = ["//", "//", "/", "///", "////", "\\\\", "\\", "/\\", "", "//\\/"];
    private static readonly string[] UserInfos = ["", "", "", "u@", "u:p@", "@", "a b@", "\uFF0F@", "%2F@", "x:y\"z@", "u@v@", "\\@", "x\\y@", "'@"];
    private static readonly string[] Hosts =
    [
        GlobalHost.Name, GlobalHost.Name, GlobalHost.Name, GlobalHost.Name, GlobalHost.Name + ".", GlobalHost.Name + "..", GlobalHost.Name + ".cn",
        "x" + GlobalHost.Name, "sts.us-east-2.amazonaws.com", "x." + GlobalHost.Name, GlobalHost.Name + "x", GlobalHost.Name + ".example.com",
    ];
    private static readonly string[] Ends =
        ["", "", "/", ":443", ":443/", ":", "?a=b", "#f", "\\", "\\@x", ":443\\@x", "/@x", "@x", ":p@x", " ", "\t", "/a b", ":99999", "?@x"];
    private static readonly string[] Inserted = ["\t", "\n", "\r", "/", "\\", "@", ":", ".", "%", " ", "-", "x", "\u3002", "[", "%2E", "%C2%AD"];

    private readonly Random random = new(seed);

    /// <summary>The next URL.</summary>
    public string Next()
    {
        var url = new StringBuilder(Pick(["", "", "", " ", "\t", "\u0001"]))
            .Append(Pick(Schemes)).Append(Pick(Slashes)).Append(Pick(UserInfos));
        foreach (var c in Pick(Hosts))
        {
            AppendDisguised(url, c);
        }

        url.Append(Pick(Ends));
        if (random.Next(4) == 0)
        {
            url.Insert(random.Next(url.Length + 1), Pick(Inserted));
        }

        return url.ToString();
    }

    private void AppendDisguised(StringBuilder url, char c)
    {
        switch (random.Next(40))
        {
            case 0:
                url.Append(Ignored()).Append(c);
                break;
            case 1:
                url.Append(c).Append(Pick(["\t", "\r", "\n"]));
                break;
            case 2:
                url.Append('%').Append(((int)c).ToString("x2"));
                break;
            case 3:
                url.Append(Folded(c));
                break;
            case 4:
                url.Append(string.Concat(Encoding.UTF8.GetBytes(Folded(c) + Ignored()).Select(b => $"%{b:X2}")));
                break;
            case 5:
                url.Append(char.ToUpperInvariant(c));
                break;
            default:
                url.Append(c);
                break;
        }
    }

    /// <summary>A character that folds to <paramref name="c"/>; itself where none does.</summary>
    private string Folded(char c)
    {
        var runs = CompatibilityTable.Runs;
        var forms = Enumerable.Range(0, runs.Length / 3)
            .Where(i => c >= runs[(3 * i) + 2] && c < runs[(3 * i) + 2] + runs[(3 * i) + 1])
            .Select(i => runs[3 * i] + c - runs[(3 * i) + 2])
            .ToArray();
        return forms.Length == 0 ? $"{c}" : char.ConvertFromUtf32(forms[random.Next(forms.Length)]);
    }

    private string Ignored()
    {
        var ranges = CompatibilityTable.Ignored;
        var range = 2 * random.Next(ranges.Length / 2);
        return char.ConvertFromUtf32(ranges[range] + random.Next(Math.Min(ranges[range + 1], 512)));
    }

    private string Pick(string[] choices) => choices[random.Next(choices.Length)];
}
