using System.Net;
using StsWebhook.Settings;

namespace StsWebhook.Http;

/// <summary>
/// Limits the memory of concurrent reviews, so that no number of them can exhaust the memory of the process. Safe for
/// use by several threads.
/// </summary>
/// <remarks>
/// The memory is split into four pools, so that clients that send large bodies do not delay ordinary pods:
/// <list type="bullet">
/// <item>3/16 for small bodies. A review of a pod of 10 KB needs 176 KB, so this part of the smallest memory, 8 MiB, still
/// admits 8 of them at once.</item>
/// <item>2/16 for medium bodies, which most of the other pods are.</item>
/// <item>1/16 for long answers. Few reviews need one, and each needs only twice the length of its answer.</item>
/// <item>10/16, the rest, for large bodies and for bodies with many short containers. This pool determines the longest
/// accepted body, so it is the largest.</item>
/// </list>
/// </remarks>
internal sealed class AdmissionControl
{
    /// <summary>The memory of a review that does not depend on its body, in bytes.</summary>
    private const int BytesPerReview = 16 * 1024;

    /// <summary>The memory of a review for each byte of its body, in bytes. The worst case is twice this.</summary>
    private const int BytesPerBodyByte = 16;

    /// <summary>
    /// The memory of a container, however short it is, in bytes: the patch for <c>{}</c> may be a hundred times as long.
    /// A container as the API server writes it, with its defaults, has a longer body than this accounts for.
    /// </summary>
    private const int BytesPerContainer = 1600;

    /// <summary>The longest answer that needs no lease, in bytes. It patches about thirty containers.</summary>
    private const int MaxSmallAnswer = 16 * 1024;

    /// <summary>The memory for each byte of a long answer, in bytes: a pooled buffer may have twice the length of its content.</summary>
    private const long BytesPerAnswerByte = 2;

    /// <summary>The memory of the process without reviews, with connections and threads, in bytes.</summary>
    private const long BaseMemory = 48 * 1024 * 1024;

    /// <summary>
    /// The default is one half of the available memory. The other half is for garbage and for worst-case reviews.
    /// </summary>
    private const int ReserveDivisor = 2;

    /// <summary>The lower bound of the default, in bytes: the reviews of a few dozen pods.</summary>
    private const long MinMemory = 8 * 1024 * 1024;

    /// <summary>The upper bound of the default, in bytes: more concurrency than any CPU count needs.</summary>
    private const long MaxMemory = 1024 * 1024 * 1024;

    private readonly MemoryLimiter smallBodies;
    private readonly MemoryLimiter mediumBodies;
    private readonly MemoryLimiter largeBodies;
    private readonly MemoryLimiter longAnswers;
    private readonly long maxMediumBody;
    private readonly long largeBodyMemory;
    private readonly Action<long> collectGarbage;
    private long releasedSinceCollection;

    /// <summary>Splits the configured memory, or half of the available memory that the program itself does not need.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="available">The memory limit of the process, in bytes.</param>
    /// <param name="time">The clock for queue timeouts.</param>
    public AdmissionControl(StartupSettings settings, long available, TimeProvider time)
    {
        var total = settings.ReviewMemory ?? Math.Clamp((available - BaseMemory) / ReserveDivisor, MinMemory, MaxMemory);
        largeBodyMemory = total * 10 / 16;
        smallBodies = new MemoryLimiter(total * 3 / 16, time);
        longAnswers = new MemoryLimiter(total / 16, time);
        var mediumBodyMemory = total * 2 / 16;
        mediumBodies = new MemoryLimiter(mediumBodyMemory, time);

        // At least two medium bodies fit at once.
        maxMediumBody = Math.Min(ServerLimits.MediumBody, ((mediumBodyMemory / 2) - BytesPerReview) / BytesPerBodyByte);
        largeBodies = new MemoryLimiter(largeBodyMemory, time);
        collectGarbage = CollectGarbage;
        MaxBody = (int)Math.Min(ServerLimits.MaxBody, (largeBodyMemory - BytesPerReview) / BytesPerBodyByte);
    }

    /// <summary>The longest body that the memory suffices for, in bytes.</summary>
    public int MaxBody { get; }

    /// <summary>Acquires the memory for the review of a body, or waits for it.</summary>
    /// <param name="length">
    /// The length of the body in bytes. Lengths up to <see cref="ServerLimits.SmallBody"/> use the pool for small bodies.
    /// </param>
    /// <param name="queueTimeout">The maximum time in the queue.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="client">The address of the client; null if it is not known. Small bodies count for no address.</param>
    /// <returns>The lease, which the caller disposes of; null after the timeout: the server is overloaded.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public ValueTask<MemoryLease?> AcquireAsync(
        long length, TimeSpan queueTimeout, CancellationToken cancellation, IPAddress? client = null) =>
        length <= ServerLimits.SmallBody ? smallBodies.AcquireAsync(MemoryFor(length), queueTimeout, cancellation)
        : length <= maxMediumBody ? mediumBodies.AcquireAsync(
            MemoryFor(length), queueTimeout, cancellation, collectGarbage, client)
        : largeBodies.AcquireAsync(MemoryFor(length), queueTimeout, cancellation, collectGarbage, client);

    /// <summary>Whether a body has more containers than the memory can ever suffice for.</summary>
    public bool HasTooManyContainers(int containers, int length) => ExtraMemoryFor(containers, length) > largeBodyMemory;

    /// <summary>
    /// Acquires the memory that many short containers need in addition to their body. Does not wait: the caller already
    /// holds memory that others wait for.
    /// </summary>
    /// <returns>The lease, empty if the lease of the body suffices; null if the server is overloaded.</returns>
    public MemoryLease? TryAcquireForContainers(int containers, int length) =>
        TryAcquire(largeBodies, ExtraMemoryFor(containers, length));

    /// <summary>Acquires the memory that a long answer needs until the client has read it. Does not wait.</summary>
    /// <returns>The lease, empty for a short answer; null if the server is overloaded.</returns>
    public MemoryLease? TryAcquireForAnswer(int length) =>
        TryAcquire(longAnswers, length <= MaxSmallAnswer ? 0 : length * BytesPerAnswerByte);

    private static MemoryLease? TryAcquire(MemoryLimiter limiter, long amount) =>
        amount <= 0 ? MemoryLease.Empty : limiter.TryAcquire(amount);

    /// <summary>
    /// Collects the garbage of large reviews before their memory is granted again. Without this, the collector lets the
    /// garbage of several large reviews accumulate.
    /// </summary>
    private void CollectGarbage(long released)
    {
        if (Interlocked.Add(ref releasedSinceCollection, released) > largeBodyMemory)
        {
            Interlocked.Exchange(ref releasedSinceCollection, 0);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static long ExtraMemoryFor(int containers, int length) =>
        ((long)containers * BytesPerContainer) - MemoryFor(length);

    private static long MemoryFor(long length) => BytesPerReview + (length * BytesPerBodyByte);
}
