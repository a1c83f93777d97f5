using StsWebhook.Settings;

namespace StsWebhook.Http;

/// <summary>
/// The memory that reviews may take at once, so that no number of them ends the process. A review takes many times
/// its body: the texts that it reads, the index of its JSON, the answer. Small bodies and large ones have shares of
/// their own, so that whoever sends large ones slowly does not hold up everybody's pods.
/// </summary>
internal sealed class ReviewMemory
{
    /// <summary>
    /// The largest small body, in bytes: most reviews of pods take 5 to 15 KiB. Small ones are read before they take a
    /// share, since their buffer is smaller than what their connection takes anyway; a slow sender keeps nobody waiting.
    /// </summary>
    public const int SmallBody = 16 * 1024;

    /// <summary>What a review takes beside what grows with its body, in bytes.</summary>
    private const int PerReview = 16 * 1024;

    /// <summary>
    /// What a review takes for a byte of its body at the worst: of two characters in three an empty object, each of which
    /// is two entries of 12 bytes in the index, which doubles as it grows; or texts that have to be taken apart.
    /// </summary>
    private const int PerByte = 32;

    /// <summary>The least that makes sense, in bytes: some dozens of small bodies, and a large one at a time.</summary>
    private const long Min = 8 * 1024 * 1024;

    /// <summary>More than this, no number of processors makes use of, in bytes.</summary>
    private const long Max = 1024 * 1024 * 1024;

    private readonly MemoryBudget small;
    private readonly MemoryBudget large;

    /// <summary>Parts the memory that the settings name, or half of the heap: the other half is for connections and nodes.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="heap">What the heap may take, in bytes.</param>
    /// <param name="time">What patience is measured by.</param>
    public ReviewMemory(ServerSettings settings, long heap, TimeProvider time)
    {
        var all = settings.ReviewMemory ?? Math.Clamp(heap / 2, Min, Max);
        small = new MemoryBudget(all / 4, time);
        large = new MemoryBudget(all - (all / 4), time);
    }

    /// <summary>Takes what the review of a small body needs, once the body is there.</summary>
    /// <inheritdoc cref="MemoryBudget.TakeAsync"/>
    public ValueTask<MemoryShare?> TakeAsync(int length, TimeSpan patience, CancellationToken cancellation) =>
        small.TakeAsync(Need(length), patience, cancellation);

    /// <summary>Takes what the review of a large body needs, before the body is read.</summary>
    /// <inheritdoc cref="MemoryBudget.TakeAsync"/>
    public ValueTask<MemoryShare?> TakeForLargeAsync(long length, TimeSpan patience, CancellationToken cancellation) =>
        large.TakeAsync(Need(length), patience, cancellation);

    private static long Need(long length) => PerReview + (length * PerByte);
}
