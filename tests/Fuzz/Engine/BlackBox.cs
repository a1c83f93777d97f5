using System.IO.MemoryMappedFiles;

namespace StsWebhook.Fuzz.Engine;

/// <summary>
/// Keeps the running input in a memory-mapped file, which survives the process: a stack overflow cannot be caught. Ends the
/// process if an input runs too long.
/// </summary>
internal sealed class BlackBox : IDisposable
{
    private const int Capacity = 4 * 1024 * 1024;

    /// <summary>Limit of the CPU time of an input. Wall-clock time would also count while the machine sleeps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string path;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly Timer timer;
    private long records;
    private long recordsThen = -1;
    private TimeSpan then;

    /// <summary>Opens the file.</summary>
    /// <param name="path">The file: four bytes with the length, and the input.</param>
    public BlackBox(string path)
    {
        this.path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, Capacity);
        view = file.CreateViewAccessor();
        timer = new Timer(_ => EndIfStuck(), state: null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>Records the input that starts to run.</summary>
    public void Record(byte[] input)
    {
        Volatile.Write(ref records, records + 1);
        var length = Math.Min(input.Length, Capacity - sizeof(int));
        view.Write(0, length);
        view.WriteArray(sizeof(int), input, 0, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        view.Dispose();
        file.Dispose();
        File.Delete(path);
    }

    private void EndIfStuck()
    {
        var (now, used) = (Volatile.Read(ref records), Environment.CpuUsage.TotalTime);
        if (now != recordsThen)
        {
            (recordsThen, then) = (now, used);
        }
        else if (used - then > Patience)
        {
            Environment.FailFast($"an input runs too long; it is in {path}, after four bytes with its length");
        }
    }
}
