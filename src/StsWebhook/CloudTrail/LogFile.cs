using System.IO.Compression;
using StsWebhook.Core.CloudTrail;
using StsWebhook.Input;

namespace StsWebhook.CloudTrail;

/// <summary>A file, read to its end or to where it is damaged.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Events">How many events of it could be read.</param>
/// <param name="IsLog">Whether it could be read as a log, be it an empty one.</param>
/// <param name="Problem">Why it, or an event in it, could not be read; null where all of it was.</param>
internal sealed record LogFile(string Name, long Events, bool IsLog, string? Problem)
{
    /// <summary>How the names of logs end in a folder.</summary>
    public static readonly string[] Endings = [".json", ".json.gz"];

    /// <summary>The problem in one line, with the place first; an empty text where there is none.</summary>
    public string Message => Problem is null ? string.Empty
        : Events == 0 ? $"{Name}: unusable: {Problem}"
        : $"{Name}: damaged: {Problem}; events of it that count: {Events}";

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Reads a file, plain or compressed with gzip, whatever its name says.</summary>
    /// <param name="file">The file.</param>
    /// <param name="onCall">Takes each call of STS.</param>
    public static LogFile Read(InputFile file, Action<StsCall> onCall)
    {
        if (file.Open is null)
        {
            return new LogFile(file.Name, Events: 0, IsLog: false, file.Problem);
        }

        var events = 0L;
        var hasRecords = false;
        string? problem = null;
        try
        {
            using var stream = Uncompressed(file.Open());
            var reader = new EventReader(stream);
            while (reader.Read() is { } text)
            {
                if (!CloudTrailEvent.IsLikely(text.Span))
                {
                    continue;
                }

                if (CloudTrailEvent.Read(text, out var error) is { } call)
                {
                    onCall(call);
                }

                if (error is null)
                {
                    events++;
                }
                else
                {
                    problem ??= $"the event behind the first {events} is {error}";
                }
            }

            hasRecords = reader.HasRecords;
        }
        catch (DamagedLogException e)
        {
            problem = e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {e.Message}";
        }

        return new LogFile(file.Name, events, IsLog: hasRecords || events > 0, problem);
    }

    private static Stream Uncompressed(Stream stream)
    {
        var peeked = new PeekedStream(stream);
        return peeked.Start.StartsWith(GzipMagic) ? new GZipStream(peeked, CompressionMode.Decompress) : peeked;
    }
}
