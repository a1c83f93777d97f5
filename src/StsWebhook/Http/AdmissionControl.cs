using StsWebhook.Settings;

namespace StsWebhook.Http;

/// <summary>
/// The memory that reviews may take at once, so that no number of them ends the process. Small bodies and large ones have
/// shares of their own, so that whoever sends large ones slowly does not hold up everybody's pods.
/// </summary>
internal sealed class AdmissionControl
{
    /// <summary>
    /// The largest small body, in bytes: most reviews of pods take 5 to 15 KiB. Small ones are read before they take a
    /// share, since their buffer is smaller than what their connection takes anyway; a slow sender keeps nobody waiting.
    /// </summary>
    public const int SmallBody = 16 * 1024;

    /// <summary>What a review takes beside what grows with its body, in bytes.</summary>
    private const int PerReview = 16 * 1024;

    /// <summary>What a review takes for a byte of its body. The worst takes twice as much, which <see cref="Spare"/> is for.</summary>
    private const int PerByte = 16;

    /// <summary>
    /// What a container takes, in bytes, however short it is: what is added to it may be a hundred times as long as <c>{}</c>.
    /// One as the API server writes it, with its defaults, is longer than this is worth.
    /// </summary>
    private const int PerContainer = 1600;

    /// <summary>The longest answer that needs no share, in bytes: it patches some thirty containers.</summary>
    private const int SmallAnswer = 16 * 1024;

    /// <summary>What the program takes by itself, with connections and threads, in bytes.</summary>
    private const long Own = 48 * 1024 * 1024;

    /// <summary>The part that is left for garbage and for worse reviews than expected: one of so many.</summary>
    private const int Spare = 2;

    /// <summary>The least that makes sense, in bytes: the reviews of some dozens of pods.</summary>
    private const long Min = 8 * 1024 * 1024;

    /// <summary>More than this, no number of processors makes use of, in bytes.</summary>
    private const long Max = 1024 * 1024 * 1024;

    private readonly MemoryLimiter small;
    private readonly MemoryLimiter large;
    private readonly MemoryLimiter answers;
    private readonly long forLarge;
    private long returned;

    /// <summary>Parts the memory that the settings name, or half of what there is beside the program itself.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="available">What the process may take, in bytes.</param>
    /// <param name="time">What patience is measured by.</param>
    public AdmissionControl(ServerSettings settings, long available, TimeProvider time)
    {
        var all = settings.ReviewMemory ?? Math.Clamp((available - Own) / Spare, Min, Max);
        small = new MemoryLimiter(all / 4, time);
        answers = new MemoryLimiter(all / 8, time);
        forLarge = all * 5 / 8;
        large = new MemoryLimiter(forLarge, time);
        MaxBody = (int)Math.Min(AdmissionEndpoint.MaxBody, (forLarge - PerReview) / PerByte);
    }

    /// <summary>The longest body that there is memory for, in bytes.</summary>
    public int MaxBody { get; }

    /// <summary>Takes what the review of a small body needs, once the body is there.</summary>
    /// <inheritdoc cref="MemoryLimiter.AcquireAsync"/>
    public ValueTask<MemoryLease?> AcquireAsync(int length, TimeSpan patience, CancellationToken cancellation) =>
        small.AcquireAsync(Need(length), patience, cancellation);

    /// <summary>Takes what the review of a large body needs, before the body is read.</summary>
    /// <inheritdoc cref="MemoryLimiter.AcquireAsync"/>
    public ValueTask<MemoryLease?> AcquireForLargeAsync(long length, TimeSpan patience, CancellationToken cancellation) =>
        large.AcquireAsync(Need(length), patience, cancellation);

    /// <summary>
    /// Gives back what a review took. What a large one leaves is garbage, which takes memory until it is collected: by itself,
    /// the collector would let several of them come together first.
    /// </summary>
    /// <param name="share">What was taken; null where it did not come.</param>
    /// <param name="length">What the body's length was said to be, in bytes.</param>
    public void Return(MemoryLease? share, long? length)
    {
        if (share is not null && length is not <= SmallBody && Interlocked.Add(ref returned, Need(length ?? MaxBody)) > forLarge)
        {
            Interlocked.Exchange(ref returned, 0);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        share?.Dispose();
    }

    /// <summary>Takes what many short containers need beside what their body has taken: at once or never.</summary>
    /// <returns>Whether there is room, and the share; null where there is nothing to take.</returns>
    public ValueTask<(bool HasRoom, MemoryLease? Share)> AcquireForContainersAsync(int containers, int length) =>
        AcquireNowAsync(large, Beside(containers, length));

    /// <summary>Whether so many containers need more than there ever is.</summary>
    public bool AreTooMany(int containers, int length) => Beside(containers, length) > forLarge;

    /// <summary>Takes what a long answer needs until its client has read it: at once or never.</summary>
    /// <returns>Whether there is room, and the share; null for a short one.</returns>
    public ValueTask<(bool HasRoom, MemoryLease? Share)> AcquireForAnswerAsync(int length) =>
        AcquireNowAsync(answers, length <= SmallAnswer ? 0 : length * 2L);

    private static async ValueTask<(bool HasRoom, MemoryLease? Share)> AcquireNowAsync(MemoryLimiter budget, long amount)
    {
        if (amount <= 0)
        {
            return (true, null);
        }

        var share = await budget.AcquireAsync(amount, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        return (share is not null, share);
    }

    private static long Beside(int containers, int length) => ((long)containers * PerContainer) - Need(length);

    private static long Need(long length) => PerReview + (length * PerByte);
}
