using System.Buffers;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads a list of the API (kubernetes.io/docs/reference/using-api/api-concepts) object by object while it arrives. A page
/// of 500 ConfigMaps may be half a gigabyte; only one object is in memory at a time.
/// </summary>
internal sealed class ListStreamParser : IDisposable
{
    private const int FirstSize = 64 * 1024;

    /// <summary>In bytes; some twenty times the largest object that the API server stores.</summary>
    private const int MaxObject = 32 * 1024 * 1024;

    private readonly Stream stream;
    private readonly Action<ReadOnlyMemory<byte>> add;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int start;
    private int end;
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth });
    private ParserState position;
    private Metadata metadata = new(Continue: string.Empty, Remaining: null, ResourceVersion: null);

    private ListStreamParser(Stream stream, Action<ReadOnlyMemory<byte>> add)
    {
        this.stream = stream;
        this.add = add;
    }

    /// <summary>
    /// Where the parser is: <c>Start</c>, then <c>Members</c> of the list; <c>Items</c> within its array, then <c>Members</c>
    /// again; <c>End</c> after its closing brace.
    /// </summary>
    private enum ParserState
    {
        Start,
        Members,
        Items,
        End,
    }

    /// <summary>Reads one page.</summary>
    /// <param name="stream">The page.</param>
    /// <param name="add">Receives the text of each object; the memory is reused after it returns.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="JsonException">The stream does not hold a list, or ends within it.</exception>
    public static async Task<Metadata> ReadAsync(
        Stream stream, Action<ReadOnlyMemory<byte>> add, CancellationToken cancellation)
    {
        using var reader = new ListStreamParser(stream, add);
        await reader.ReadAsync(cancellation).ConfigureAwait(false);
        return reader.metadata;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        while (position != ParserState.End)
        {
            // Double the read size each time; otherwise an object split over many reads would be parsed again for each of them,
            // which takes quadratic time.
            var wanted = Math.Max(FirstSize / 2, end - start);
            MakeRoom(wanted);
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(end), wanted, throwOnEndOfStream: false, cancellation)
                .ConfigureAwait(false);
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

    /// <summary>Parses the bytes read so far. A step that lacks bytes changes nothing and is repeated later.</summary>
    private void Advance(bool isLast)
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), isLast, state);
        var done = 0;
        while (position != ParserState.End && Step(ref reader))
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

        switch (position)
        {
            case ParserState.Start when reader.TokenType == JsonTokenType.StartObject:
                position = ParserState.Members;
                return true;

            case ParserState.Start:
                throw new JsonException("not a list");

            case ParserState.Members when reader.TokenType == JsonTokenType.EndObject:
                position = ParserState.End;
                return true;

            case ParserState.Members:
                return TryReadMember(ref reader);

            case ParserState.Items when reader.TokenType == JsonTokenType.EndArray:
                position = ParserState.Members;
                return true;

            default:
                if (!TryReadValue(ref reader, out var item))
                {
                    return false;
                }

                add(item);
                return true;
        }
    }

    private bool TryReadMember(ref Utf8JsonReader reader)
    {
        var isItems = reader.ValueTextEquals("items"u8);
        var isMetadata = reader.ValueTextEquals("metadata"u8);
        if (!reader.Read())
        {
            return false;
        }

        if (isItems && reader.TokenType == JsonTokenType.StartArray)
        {
            position = ParserState.Items;
            return true;
        }

        if (!TryReadValue(ref reader, out var value))
        {
            return false;
        }

        if (isMetadata && JsonInput.TryParse(value, out var document, out _))
        {
            using (document)
            {
                metadata = new Metadata(
                    document.RootElement.Text("continue"u8) ?? string.Empty,
                    document.RootElement.Member("remainingItemCount"u8) is { ValueKind: JsonValueKind.Number } number
                        && number.TryGetInt32(out var count) ? count : null,
                    document.RootElement.Text("resourceVersion"u8));
            }
        }

        return true;
    }

    /// <summary>Reads the whole value that the reader is at; false if a part of it has not arrived yet.</summary>
    private bool TryReadValue(ref Utf8JsonReader reader, out ReadOnlyMemory<byte> value)
    {
        var from = (int)reader.TokenStartIndex;
        var isWhole = reader.TrySkip();
        value = isWhole ? buffer.AsMemory(start + from, (int)reader.BytesConsumed - from) : default;
        return isWhole;
    }

    /// <summary>The metadata of a page.</summary>
    /// <param name="Continue">The token of the next page; empty on the last page.</param>
    /// <param name="Remaining">The number of objects after this page; null if the server does not say.</param>
    /// <param name="ResourceVersion">The version of the list; null if the server does not say.</param>
    public sealed record Metadata(string Continue, int? Remaining, string? ResourceVersion);
}
