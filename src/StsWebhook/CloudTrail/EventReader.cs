using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.CloudTrail;

/// <summary>
/// Reads the events of a log one by one. Memory does not depend on the length of the log. Accepted formats: the files
/// that CloudTrail writes, <c>{"Records":[…]}</c>; the output of <c>aws cloudtrail lookup-events</c>,
/// <c>{"Events":[…]}</c>; an array of events; and events one after the other, as in JSON lines.
/// </summary>
internal sealed class EventReader(Stream stream)
{
    /// <summary>The largest event in MiB. CloudTrail's own limit is 1 MB; most events are smaller than 256 KB.</summary>
    public const int MaxEventMebibytes = 8;

    private const int MaxEventBytes = MaxEventMebibytes * 1024 * 1024;

    private readonly EventBuffer buffer = new(stream, MaxEventBytes);
    private JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonInput.MaxDepth });
    private Position position;

    private enum Position
    {
        /// <summary>Outside of any JSON value.</summary>
        Top,

        /// <summary>In a top-level array of events.</summary>
        List,

        /// <summary>In the <c>Records</c> or <c>Events</c> array of a log.</summary>
        Records,

        /// <summary>In a log object, after its array of events.</summary>
        Log,
    }

    /// <summary>Whether a <c>Records</c> or <c>Events</c> array was found.</summary>
    public bool HasRecords { get; private set; }

    /// <summary>Reads the next object that may be an event.</summary>
    /// <returns>The UTF-8 JSON of the object, valid until the next call; null at the end.</returns>
    /// <exception cref="DamagedLogException">The log cannot be read any further.</exception>
    public ReadOnlyMemory<byte>? Read()
    {
        while (true)
        {
            switch (Advance(buffer.IsComplete, out var length, out var start))
            {
                case ReadResult.Event:
                    return buffer.Take(length)[start..];
                case ReadResult.Skipped:
                    buffer.Take(length);
                    break;
                case ReadResult.End when buffer.IsComplete:
                    return buffer.IsEmpty ? throw new DamagedLogException("the file is empty") : null;
                default:
                    buffer.Fill();
                    break;
            }
        }
    }

    /// <summary>
    /// Advances by one token or one object. If the buffer does not hold it completely, the state does not change and the
    /// result is <see cref="ReadResult.End"/>.
    /// </summary>
    private ReadResult Advance(bool isComplete, out int length, out int start)
    {
        var reader = new Utf8JsonReader(buffer.Unread, isComplete, state);
        try
        {
            var (step, next) = Next(ref reader, out start);
            length = (int)reader.BytesConsumed;
            if (step is ReadResult.Event or ReadResult.Skipped)
            {
                (state, position) = (reader.CurrentState, next);
                HasRecords |= next == Position.Records;
            }

            return step;
        }
        catch (JsonException e)
        {
            throw new DamagedLogException(isComplete && IsTruncated()
                ? "the file is truncated"
                : $"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // The reader accepts such escapes and throws when a member name that contains one is compared.
            throw new DamagedLogException("not JSON: a \\u escape names half of a surrogate pair");
        }
    }

    private (ReadResult Step, Position Next) Next(ref Utf8JsonReader reader, out int start)
    {
        start = 0;
        if (!reader.Read())
        {
            return (ReadResult.End, position);
        }

        start = (int)reader.TokenStartIndex;
        return (reader.TokenType, position) switch
        {
            (JsonTokenType.StartArray, Position.Top) => (ReadResult.Skipped, Position.List),
            (JsonTokenType.StartObject, Position.Top) => NextMember(ref reader),
            (JsonTokenType.StartObject, _) => (reader.TrySkip() ? ReadResult.Event : ReadResult.End, position),
            (JsonTokenType.EndArray, Position.List) => (ReadResult.Skipped, Position.Top),
            (JsonTokenType.EndArray, Position.Records) => (ReadResult.Skipped, Position.Log),
            (JsonTokenType.EndObject, Position.Log) => (ReadResult.Skipped, Position.Top),
            (JsonTokenType.PropertyName, Position.Log) => ReadMember(ref reader),
            _ => (reader.TrySkip() ? ReadResult.Skipped : ReadResult.End, position),
        };
    }

    /// <summary>Reads a top-level object: it is a log if it has an array of events, otherwise it is an event.</summary>
    private (ReadResult Step, Position Next) NextMember(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return (ReadResult.Event, Position.Top);
            }

            var member = ReadMember(ref reader);
            if (member.Step != ReadResult.Skipped || member.Next == Position.Records)
            {
                return member;
            }
        }

        return (ReadResult.End, position);
    }

    private static (ReadResult Step, Position Next) ReadMember(ref Utf8JsonReader reader)
    {
        var hasEvents = reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Events"u8);
        return !reader.Read() ? (ReadResult.End, Position.Log)
            : hasEvents && reader.TokenType == JsonTokenType.StartArray ? (ReadResult.Skipped, Position.Records)
            : (reader.TrySkip() ? ReadResult.Skipped : ReadResult.End, Position.Log);
    }

    /// <summary>Whether the text is valid JSON up to its end, so that only the rest is missing.</summary>
    private bool IsTruncated()
    {
        var reader = new Utf8JsonReader(buffer.Unread, isFinalBlock: false, state);
        try
        {
            return Next(ref reader, out _).Step == ReadResult.End;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
