using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

/// <summary>YAML as kubectl reads it, and errors for text that is not YAML.</summary>
public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("Y", "true")]
    [InlineData("ON", "true")]
    [InlineData("off", "false")]
    [InlineData("n", "false")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("'yes'", "\"yes\"")]
    [InlineData("!!str yes", "\"yes\"")]
    [InlineData("! yes", "\"yes\"")]
    [InlineData("!local 12", "\"12\"")]
    [InlineData("!!bool yes", "true")]
    [InlineData("!!int \"12\"", "12")]
    [InlineData("!!float 12", "12")]
    [InlineData("!!binary aGVsbG8=", "\"hello\"")]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("''", "\"\"")]
    [InlineData("12", "12")]
    [InlineData("+12", "12")]
    [InlineData("-0", "0")]
    [InlineData("1_000", "1000")]
    [InlineData("0644", "420")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("-0b11", "-3")]
    [InlineData("08", "8")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("-1.5e3", "-1500")]
    [InlineData("1e400", "\"1e400\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2001-01-01", "\"2001-01-01\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("+", "\"+\"")]
    [InlineData(".", "\".\"")]
    [InlineData("0x", "\"0x\"")]
    [InlineData("eu-west-1", "\"eu-west-1\"")]
    [InlineData("https://sts.amazonaws.com # why", "\"https://sts.amazonaws.com\"")]
    public void Scalar_MeansWhatKubectlTakesItFor(string yaml, string json) =>
        Assert.Equal($$"""{"a":{{json}}}""", ManifestInput.Json(ManifestInput.Document($"a: {yaml}\n")));

    [Theory]
    [InlineData("1: a", """{"1":"a"}""")]
    [InlineData("on: a", """{"true":"a"}""")]
    [InlineData("1.50: a", """{"1.5":"a"}""")]
    [InlineData("? a\n: b", """{"a":"b"}""")]
    [InlineData("a: |\n  x\n  y\nb: >-\n  x\n  y", """{"a":"x\ny\n","b":"x y"}""")]
    [InlineData("a: |-\r\n  x\r\n  y\r\nb: c\r\n", """{"a":"x\ny","b":"c"}""")]
    [InlineData("a: &x [1]\nb: *x", """{"a":[1],"b":[1]}""")]
    [InlineData("b: &x {k: 1, l: 2}\na:\n  k: 3\n  <<: *x", """{"b":{"k":1,"l":2},"a":{"k":3,"l":2}}""")]
    [InlineData("b: &x {k: 1}\nc: &y {k: 2, l: 2}\na:\n  <<: [*x, *y]\n  m: 3", """{"b":{"k":1},"c":{"k":2,"l":2},"a":{"m":3,"k":1,"l":2}}""")]
    [InlineData("'<<': a", """{"<<":"a"}""")]
    [InlineData("{\"a\":\n\t1}", """{"a":1}""")]
    [InlineData("schedule: 0 3 * * *", """{"schedule":"0 3 * * *"}""")]
    [InlineData("args: [a & b, c *d]", """{"args":["a & b","c *d"]}""")]
    [InlineData("- a *b\n- 'c'", """["a *b","c"]""")]
    [InlineData("{a: 1,}", """{"a":1}""")]
    public void Document_HasOneMeaning(string yaml, string json) => Assert.Equal(json, ManifestInput.Json(ManifestInput.Document(yaml)));

    [Fact]
    public void Documents_AreReadOneByOne_AndMayBeEmpty()
    {
        var file = ManifestInput.File("# Source: chart/templates/a.yaml\na: 1\n---\n---\n# nothing\n---\nb: 2\n...\n");

        Assert.Null(file.Error);
        Assert.Equal("""{"a":1} null null {"b":2}""", string.Join(' ', file.Documents.Select(ManifestInput.Json)));
        Assert.Equal(7, file.Documents[^1].Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    public void Documents_OfNothing_AreNone(string text)
    {
        var file = ManifestInput.File(text);

        Assert.Empty(file.Documents);
        Assert.Null(file.Error);
    }

    [Fact]
    public void Json_ManyValues_AreDocuments() =>
        Assert.Equal(
            """{"a":1} {"b":2}""",
            string.Join(' ', ManifestInput.File("{\"a\":1}\n{\"b\":2}").Documents.Select(ManifestInput.Json)));

    [Theory]
    [InlineData("a:\n\tb: 1\n", "input.yaml:2: unusable: not YAML: a tab indents this line; use spaces")]
    [InlineData("a: 1\nb: 2\na: 3\n", "input.yaml:3: unusable: duplicate key 'a': already on line 1")]
    [InlineData("{\"a\": 1,\n\"a\": 2}", "input.yaml:2: unusable: duplicate key 'a'")]
    [InlineData("{\"a\": 1,\n\"b\": ]}", "input.yaml:2: unusable: not JSON: at byte 6 of the line")]
    [InlineData("{\"a\":\n\"\\ud800\"}", "input.yaml:2: unusable: not JSON: a \\u escape names half of a surrogate pair")]
    [InlineData("a: 1\nb: [1, 2\nc: d\n", "input.yaml:2: unusable: not YAML: a list, mapping or quote on this line is not closed")]
    [InlineData("a: \"\\UFFFFFFFF\"\n", "input.yaml:1: unusable: not YAML")]
    [InlineData("a: 1\nb: 'x\n", "input.yaml:2: unusable: not YAML: while scanning a quoted scalar")]
    [InlineData("a: b: c\n", "input.yaml:1: unusable: not YAML: ")]
    [InlineData("x: 1\na: *b\n", "input.yaml:2: unusable: the alias *b has no anchor &b before it")]
    [InlineData("a: &b\n  c: *b\n", "input.yaml:2: unusable: the alias *b is inside its own anchor")]
    [InlineData("a: 1\n---\n<<: 1\n", "input.yaml:3: unusable: << merges mappings")]
    [InlineData("[a]: b\n", "input.yaml:1: unusable: a key must be a string")]
    [InlineData("~: b\n", "input.yaml:1: unusable: a key must be a string")]
    [InlineData("a: .inf\n", "input.yaml:1: unusable: .inf is a number that JSON does not support")]
    [InlineData("a: !!int x\n", "input.yaml:1: unusable: the value does not match its tag !!int")]
    [InlineData("a: !!binary x\n", "input.yaml:1: unusable: the value does not match its tag !!binary")]
    [InlineData("a: {{ .Values.x }}\n", "input.yaml:1: unusable: a key must be a string; if this is a Helm template, check the output of helm template")]
    [InlineData("{{- if .x }}\na: b\n{{- end }}\n", "check the output of helm template")]
    [InlineData("a: 1\nb: \u0001\n", "input.yaml:2: unusable: not text: control character U+0001")]
    [InlineData("a: 1\0", "input.yaml:1: unusable: not text: control character U+0000")]
    [InlineData("{", "input.yaml:1: unusable: not YAML")]
    [InlineData(":\n :", "input.yaml:2: unusable: not YAML: expected a value")]
    [InlineData("a: 1\nb: [\n\n\n", "input.yaml:2: unusable: not YAML")]
    public void Text_Unusable_IsReportedWithItsLine(string text, string expected) =>
        Assert.Contains(expected, ManifestInput.File(text).Error?.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(8192)]
    public async Task Directive_AtTheEnd_ComesToAnEnd(int length)
    {
        var reading = Task.Run(() => ManifestInput.File("%P".PadRight(length, 'x')));

        Assert.Empty((await reading.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Documents);
    }

    [Fact]
    public void Documents_BeforeAnError_AreKept()
    {
        var file = ManifestInput.File("a: 1\n---\nb: [\n");

        Assert.Equal("{\"a\":1}", ManifestInput.Json(Assert.Single(file.Documents)));
        Assert.NotNull(file.Error);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void ByteOrderMark_NamesTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        var file = ManifestInput.File([.. encoding.Preamble, .. encoding.GetBytes("a: é\n")]);

        Assert.Equal("é", JsonNode.Parse(ManifestInput.Json(Assert.Single(file.Documents)))!["a"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xff, 0xfe }, "input.yaml:2: unusable: not text: the bytes are not UTF-8")]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a' }, "input.yaml: unusable: not utf-16, although its byte order mark says so")]
    [InlineData(new byte[] { 0x7f, 0x45, 0x4c, 0x46, 0 }, "input.yaml:1: unusable: not text: control character U+0000")]
    public void Bytes_NoText_AreRefused(byte[] bytes, string expected) => Assert.Equal(expected, ManifestInput.File(bytes).Error?.ToString());

    [Fact]
    public void Aliases_ThatStandForTerabytes_AreRefused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.AppendLine(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        }

        Assert.Contains("aliases expand to more than 64 MiB", ManifestInput.File(bomb.ToString()).Error?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\n")]
    [InlineData("{\"a\":")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    public void Nesting_TooDeep_IsRefused(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, 100_000));

        Assert.Contains("nest deeper than 256 levels", ManifestInput.File(text).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_TooDeepByAliases_IsRefused()
    {
        var text = "a0: &a0 x\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));

        Assert.Contains("nest deeper than 256 levels", ManifestInput.File(text).Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_AsDeepAsAllowed_IsRead() =>
        Assert.Null(ManifestInput.File(new string('[', 255) + "a" + new string(']', 255)).Error);

    [Fact]
    public void Size_TooLarge_IsRefused()
    {
        var file = ManifestInput.File(Enumerable.Repeat((byte)'#', (64 * 1024 * 1024) + 1).ToArray());

        Assert.Equal("input.yaml: unusable: larger than 64 MiB", file.Error?.ToString());
    }
}
