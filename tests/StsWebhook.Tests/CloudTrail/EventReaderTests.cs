using System.Text;
using StsWebhook.CloudTrail;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

public sealed class EventReaderTests
{
    [Theory]
    [InlineData("""{"Records":[{"a":1},{"a":2}]}""", """{"a":1} {"a":2}""")]
    [InlineData("""{"Records":[]}""", "")]
    [InlineData("""{"version":1,"more":{"Records":[{"a":0}]},"Records":[{"a":1}],"behind":[{"a":2}]}""", """{"a":1}""")]
    [InlineData("""{"Records":[{"a":1}],"Records":[{"a":2}]}""", """{"a":1} {"a":2}""")]
    [InlineData("""{"Events":[{"a":1}],"NextToken":"x"}""", """{"a":1}""")]
    [InlineData("""[{"a":1},{"Records":[{"a":2}]}]""", """{"a":1} {"Records":[{"a":2}]}""")]
    [InlineData("""{"Records":[1,"x",null,[{"a":0}],{"a":1}]}""", """{"a":1}""")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", """{"a":1} {"a":2}""")]
    [InlineData("""{"Records":[{"a":1}]}{"Records":[{"a":2}]}""", """{"a":1} {"a":2}""")]
    [InlineData("""{"Records":{"a":1}}""", """{"Records":{"a":1}}""")]
    [InlineData("""  { "Records" : [ { "a" : "]}" } ] }  """, """{ "a" : "]}" }""")]
    [InlineData("7 true \"Records\"", "")]
    public void Read_EveryForm_YieldsEvents(string log, string expected) => Assert.Equal(expected, string.Join(' ', ReadAll(log)));

    [Theory]
    [InlineData("""{"Records":[{"a":1},{"a":2""", 1, "the file is truncated")]
    [InlineData("""{"Records":[{"a":1}""", 1, "the file is truncated")]
    [InlineData("""{"Records":[{"a":1},""", 1, "the file is truncated")]
    [InlineData("""{"Rec""", 0, "the file is truncated")]
    [InlineData("""{"Records":[{"a":1},{"a":}]}""", 1, "not JSON: line 1, byte 26")]
    [InlineData("{\"a\":1}\n{\"a\":1}\n{\"a\":\t1 2}\n", 2, "not JSON: line 3, byte 9")]
    [InlineData("\u0001\u0002", 0, "not JSON: line 1, byte 1")]
    [InlineData("""{"a":1}{"\udade":""", 1, "not JSON: a \\u escape names half of a surrogate pair")]
    [InlineData("""{"Records":[{"a":1}],"\udade":1}""", 1, "not JSON: a \\u escape names half of a surrogate pair")]
    public void Read_DamagedLog_YieldsWhatIsBefore(string log, int events, string expected)
    {
        var found = new List<string>();

        var damage = Assert.Throws<DamagedLogException>(() => ReadAll(log, found));

        Assert.Equal(expected, damage.Message);
        Assert.Equal(events, found.Count);
    }

    [Fact]
    public void Read_DeepNesting_IsDamage() =>
        Assert.Throws<DamagedLogException>(() => ReadAll($$"""{"Records":[{"a":{{new string('[', 300)}}{{new string(']', 300)}}}]}"""));

    [Fact]
    public void Read_LargeEvents_AreReadWhole()
    {
        var large = $$"""{"a":"{{new string('x', 1_000_000)}}"}""";

        Assert.Equal([large, """{"b":1}""", large], ReadAll($$"""{"Records":[{{large}},{"b":1},{{large}}]}"""), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_EventThatIsTooLarge_IsDamage()
    {
        var tooLarge = $$"""{"Records":[{"a":"{{new string('x', 20_000_000)}}"}]}""";

        Assert.Equal("an event is larger than 8 MiB", Assert.Throws<DamagedLogException>(() => ReadAll(tooLarge)).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Read_StreamInPortions_YieldsTheSame(int portion)
    {
        var events = Enumerable.Range(0, 3000).Select(i => $$"""{"number":{{i}},"text":"{{new string('é', i % 90)}}"}""").ToArray();
        var log = Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(", ", events)}}]}""");
        using var stream = new PortionedStream(log, portion);

        Assert.Equal(events, ReadAll(stream, []), StringComparer.Ordinal);
    }

    private static List<string> ReadAll(string log) => ReadAll(log, []);

    private static List<string> ReadAll(string log, List<string> found)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(log));
        return ReadAll(stream, found);
    }

    private static List<string> ReadAll(Stream stream, List<string> found)
    {
        var reader = new EventReader(stream);
        while (reader.Read() is { } text)
        {
            found.Add(Encoding.UTF8.GetString(text.Span));
        }

        return found;
    }

    /// <summary>Hands out a few bytes at a time, as pipes and decompression may.</summary>
    private sealed class PortionedStream(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, portion));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, portion)]);
    }
}
