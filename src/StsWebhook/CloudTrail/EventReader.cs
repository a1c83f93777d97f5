using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.CloudTrail;

/// <summary>
/// Reads the events of a log one after the other, in memory that does not depend on the length of the log. It takes
/// what CloudTrail writes, <c>{"Records":[…]}</c>, what <c>aws cloudtrail lookup-events</c> prints,
/// <c>{"Events":[…]}</c>, and events on their own, in an array or one after the other as in JSON lines.
/// </summary>
internal sealed class EventReader(Stream stream)
{
    /// <summary>The largest event in MiB. CloudTrail's own limit is 1 MB, of which 256 KB is usual.</summary>
    public const int MaxEventMebibytes = 8;

    private const int MaxEventBytes = MaxEventMebibytes * 1024 * 1024;

    private readonly EventBuffer buffer = new(stream, MaxEventBytes);
    private JsonReaderState state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonInput.MaxDepth });
    private Position position;

    private enum Position
    {
        /// <summary>Outside of everything.</summary>
        Top,

        /// <summary>In an array of events that stands on its own.</summary>
        List,

        /// <summary>In the array of events of a log.</summary>
        Records,

        /// <summary>In a log, behind its array of events.</summary>
        Log,
    }

    /// <summary>Whether a log's array of events was seen.</summary>
    public bool HasRecords { get; private set; }

    /// <summary>Reads the next object that can be an event.</summary>
    /// <returns>Its text, valid until the next call; null at the end.</returns>
    /// <exception cref="DamagedLogException">The log cannot be read any further.</exception>
    public ReadOnlyMemory<byte>? Read()
    {
        while (true)
        {
            switch (Take(buffer.IsComplete, out var length, out var start))
            {
                case ReadResult.Event:
                    return buffer.Take(length)[start..];
                case ReadResult.Passed:
                    buffer.Take(length);
                    break;
                case ReadResult.End when buffer.IsComplete:
                    return buffer.IsEmpty ? throw new DamagedLogException("it is empty") : null;
                default:
                    buffer.Fill();
                    break;
            }
        }
    }

    /// <summary>Takes the next step, if what is in the buffer suffices for it; else nothing has changed.</summary>
    private ReadResult Take(bool isComplete, out int length, out int start)
    {
        var reader = new Utf8JsonReader(buffer.Unread, isComplete, state);
        try
        {
            var (step, next) = Next(ref reader, out start);
            length = (int)reader.BytesConsumed;
            if (step is ReadResult.Event or ReadResult.Passed)
            {
                (state, position) = (reader.CurrentState, next);
                HasRecords |= next == Position.Records;
            }

            return step;
        }
        catch (JsonException e)
        {
            throw new DamagedLogException(isComplete && IsCutOff() ? "it breaks off" : $"not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // The reader passes such escapes, and throws when a name with one is compared.
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
            (JsonTokenType.StartArray, Position.Top) => (ReadResult.Passed, Position.List),
            (JsonTokenType.StartObject, Position.Top) => NextMember(ref reader),
            (JsonTokenType.StartObject, _) => (reader.TrySkip() ? ReadResult.Event : ReadResult.End, position),
            (JsonTokenType.EndArray, Position.List) => (ReadResult.Passed, Position.Top),
            (JsonTokenType.EndArray, Position.Records) => (ReadResult.Passed, Position.Log),
            (JsonTokenType.EndObject, Position.Log) => (ReadResult.Passed, Position.Top),
            (JsonTokenType.PropertyName, Position.Log) => OfMember(ref reader),
            _ => (reader.TrySkip() ? ReadResult.Passed : ReadResult.End, position),
        };
    }

    /// <summary>An object is a log as soon as it has events, and else the event itself.</summary>
    private (ReadResult Step, Position Next) NextMember(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return (ReadResult.Event, Position.Top);
            }

            var member = OfMember(ref reader);
            if (member.Step != ReadResult.Passed || member.Next == Position.Records)
            {
                return member;
            }
        }

        return (ReadResult.End, position);
    }

    private static (ReadResult Step, Position Next) OfMember(ref Utf8JsonReader reader)
    {
        var hasEvents = reader.ValueTextEquals("Records"u8) || reader.ValueTextEquals("Events"u8);
        return !reader.Read() ? (ReadResult.End, Position.Log)
            : hasEvents && reader.TokenType == JsonTokenType.StartArray ? (ReadResult.Passed, Position.Records)
            : (reader.TrySkip() ? ReadResult.Passed : ReadResult.End, Position.Log);
    }

    /// <summary>Whether more text could have made it sound.</summary>
    private bool IsCutOff()
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
