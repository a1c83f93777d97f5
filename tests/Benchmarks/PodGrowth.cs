using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;

namespace StsWebhook.Benchmarks;

/// <summary>The time of a review by the size of its pod, and the straight line that fits best.</summary>
internal static class PodGrowth
{
    private const int LargestBody = 1_500_000;

    private const int Runs = 50;

    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(2);

    /// <summary>Prints a line for pods of 1 to 1,000 containers and one of 1.5 MB, and the fit.</summary>
    public static void Print()
    {
        var points = new List<(double Bytes, double Microseconds)>();
        foreach (var containers in (int[])[1, 10, 100, 1000, ContainersIn(LargestBody)])
        {
            var body = Pod(containers);
            var (microseconds, allocated) = Measure(body);
            points.Add((body.Length, microseconds));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"pod of {containers,5} containers, {body.Length,9:N0} bytes: {microseconds,9:F1} µs, {allocated,9:N0} bytes allocated"));
        }

        Console.WriteLine(Fit(points));
    }

    /// <summary>Minimises the squares of the relative errors; absolute errors would only fit the largest pod.</summary>
    private static string Fit(List<(double Bytes, double Microseconds)> points)
    {
        double w = 0, x = 0, y = 0, xx = 0, xy = 0;
        foreach (var (bytes, time) in points)
        {
            var weight = 1 / (time * time);
            (w, x, y) = (w + weight, x + (weight * bytes), y + (weight * time));
            (xx, xy) = (xx + (weight * bytes * bytes), xy + (weight * bytes * time));
        }

        var slope = ((w * xy) - (x * y)) / ((w * xx) - (x * x));
        var start = (y - (slope * x)) / w;
        var worst = points.Max(point => Math.Abs((start + (slope * point.Bytes)) / point.Microseconds - 1));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"fit: {start:F1} µs + {slope * 1000:F2} µs for each 1,000 bytes; largest error of a size: {worst:P0}");
    }

    private static (double Microseconds, long Allocated) Measure(byte[] body)
    {
        var reviewer = new Reviewer(new ReviewSettings());
        var nodes = new NodeTable(EksCluster.Nodes(100, "us-east-2"));
        var answer = new ArrayBufferWriter<byte>(4 * 1024 * 1024);
        var (best, allocated) = (double.MaxValue, 0L);
        var started = Stopwatch.GetTimestamp();
        for (var run = 0; run < Runs || Stopwatch.GetElapsedTime(started) < LeastTime; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            answer.ResetWrittenCount();
            reviewer.Review(body, Webhook.Mutate, enforcement: null, nodes, answer);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return (best, allocated);
    }

    private static int ContainersIn(int length) => length / Container(0).Length;

    private static byte[] Pod(int containers) => Encoding.UTF8.GetBytes($$"""
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"c8b1f4a2-0000-4000-8000-000000000001",
        "resource":{"group":"","version":"v1","resource":"pods"},"namespace":"payments","operation":"CREATE",
        "object":{"metadata":{"name":"app"},"spec":{"containers":[{{string.Join(",", Enumerable.Range(0, containers).Select(Container))}}]} } } }
        """);

    private static string Container(int number) => $$$$"""
        {"name":"c{{{{number:D5}}}}","image":"registry.example.com/payments/app:1.4.2","command":["/app/server"],"args":["--port","8080","--log","json"],
        "env":[{"name":"LOG_LEVEL","value":"info"},{"name":"DB_HOST","value":"ledger-db.payments.svc"},{"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}],
        "resources":{"limits":{"memory":"256Mi"},"requests":{"cpu":"100m","memory":"256Mi"}},"readinessProbe":{"httpGet":{"path":"/ready","port":8080,"scheme":"HTTP"},"periodSeconds":10},
        "volumeMounts":[{"name":"kube-api-access-x7k2p","readOnly":true,"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],"imagePullPolicy":"IfNotPresent"}
        """;
}
