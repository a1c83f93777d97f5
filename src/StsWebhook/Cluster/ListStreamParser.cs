using System.Buffers;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads a list of the API (kubernetes.io/docs/reference/using-api/api-concepts) object by object while it comes in:
/// 500 ConfigMaps may be half a gigabyte, of which no more than one stands in memory at a time.
/// </summary>
internal sealed class ListStreamParser : IDisposable
{
    private const int FirstSize = 64 * 1024;

    /// <summary>Some twenty times what the API server lets anyone store.</summary>
    private const int MaxObject = 32 * 1024 * 1024;

    private readonly Stream stream;
    private readonly Action<ReadOnlyMemory<byte>> take;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int start;
    private int end;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth });
    private ParserState place;

    private ListStreamParser(Stream stream, Action<ReadOnlyMemory<byte>> take)
    {
        this.stream = stream;
        this.take = take;
    }

    private enum ParserState
    {
        Before,
        Members,
        Items,
        Behind,
    }

    /// <summary>Where the next page begins; empty where this is the last one.</summary>
    private string Continue { get; set; } = string.Empty;

    /// <summary>How many objects the server says are still to come after this page; null where it does not say.</summary>
    private int? Remaining { get; set; }

    /// <summary>Reads one page.</summary>
    /// <param name="stream">The page.</param>
    /// <param name="take">Takes the text of each object, which is gone when it returns.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Where the next page begins, empty if there is none, and how many objects are still to come, if the server says so.</returns>
    /// <exception cref="JsonException">It is no list, or not all of it came.</exception>
    public static async Task<(string Continue, int? Remaining)> ReadAsync(
        Stream stream, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellation)
    {
        using var reader = new ListStreamParser(stream, take);
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        return (reader.Continue, reader.Remaining);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        while (place != ParserState.Behind)
        {
            // Twice as much each time, or an object that comes in many parts would be begun anew for each of them.
            var wanted = Math.Max(FirstSize / 2, end - start);
            MakeRoom(wanted);
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(end), wanted, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            end += read;
            Advance(isLast: read < wanted);
        }
    }

    private void MakeRoom(int wanted)
    {
        var length = end - start;
        if (length > MaxObject)
        {
            throw new JsonException($"an object is larger than {MaxObject / 1024 / 1024} MiB");
        }

        var target = buffer.Length - length >= wanted ? buffer : ArrayPool<byte>.Shared.Rent(length + wanted);
        Buffer.BlockCopy(buffer, start, target, 0, length);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        (start, end) = (0, length);
    }

    /// <summary>Goes as far as what is here allows. A step that lacks bytes changes nothing, and is taken again.</summary>
    private void Advance(bool isLast)
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isLast, state);
        var done = 0;
        while (place != ParserState.Behind && Step(ref reader))
        {
            state = reader.CurrentState;
            done = (int)reader.BytesConsumed;
        }

        start += done;
    }

    private bool Step(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (place)
        {
            case ParserState.Before when reader.TokenType == JsonTokenType.StartObject:
                place = ParserState.Members;
                return true;

            case ParserState.Before:
                throw new JsonException("it is no list");

            case ParserState.Members when reader.TokenType == JsonTokenType.EndObject:
                place = ParserState.Behind;
                return true;

            case ParserState.Members:
                return Member(ref reader);

            case ParserState.Items when reader.TokenType == JsonTokenType.EndArray:
                place = ParserState.Members;
                return true;

            default:
                if (!TryTake(ref reader, out var item))
                {
                    return false;
                }

                take(item);
                return true;
        }
    }

    private bool Member(ref Utf8JsonReader reader)
    {
        var isItems = reader.ValueTextEquals("items"u8);
        var isMetadata = reader.ValueTextEquals("metadata"u8);
        if (!reader.Read())
        {
            return false;
        }

        if (isItems && reader.TokenType == JsonTokenType.StartArray)
        {
            place = ParserState.Items;
            return true;
        }

        if (!TryTake(ref reader, out var value))
        {
            return false;
        }

        if (isMetadata && JsonInput.TryParse(value, out var metadata, out _))
        {
            using (metadata)
            {
                Continue = metadata.RootElement.Text("continue"u8) ?? string.Empty;
                Remaining = metadata.RootElement.Member("remainingItemCount"u8) is { ValueKind: JsonValueKind.Number } number
                    && number.TryGetInt32(out var count) ? count : null;
            }
        }

        return true;
    }

    /// <summary>The value that the reader has just come to, as a whole, where all of it is here.</summary>
    private bool TryTake(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> value)
    {
        var from = (int)reader.TokenStartIndex;
        var isWhole = reader.TrySkip();
        value = isWhole ? buffer.AsMemory(start + from, (int)reader.BytesConsumed - from) : default;
        return isWhole;
    }
}
