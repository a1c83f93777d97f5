using System.IO.Compression;
using StsWebhook.Core.CloudTrail;
using StsWebhook.Input;

namespace StsWebhook.CloudTrail;

/// <summary>The result of reading one file, up to its end or to the place where it is damaged.</summary>
/// <param name="Name">The name for messages.</param>
/// <param name="Events">The number of events that could be read.</param>
/// <param name="IsLog">Whether the file is a log. A log may have no events.</param>
/// <param name="Problem">The reason why the file, or an event in it, could not be read; null if there was none.</param>
internal sealed record LogFile(string Name, long Events, bool IsLog, string? Problem)
{
    /// <summary>The endings of file names that are read when a folder is given.</summary>
    public static readonly string[] Endings = [".json", ".json.gz"];

    /// <summary>The problem in one line that starts with the file name; empty if there is no problem.</summary>
    public string Message => Problem is null ? string.Empty
        : Events == 0 ? $"{Name}: unusable: {Problem}"
        : $"{Name}: damaged: {Problem}; {Events} readable events are counted";

    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    /// <summary>Reads a plain or gzip-compressed file. The content decides, not the name.</summary>
    /// <param name="file">The file.</param>
    /// <param name="onCall">Called for each STS call.</param>
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
                    problem ??= $"event {events + 1} is {error}";
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
