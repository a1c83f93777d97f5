using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using StsWebhook.CloudTrail;
using StsWebhook.Input;

namespace StsWebhook.Benchmarks;

/// <summary>How fast <c>sts-webhook cloudtrail</c> reads, as MB of JSON a second on one core.</summary>
internal static class CloudTrailSpeed
{
    /// <summary>Analyses a plain and a compressed log of this size, each twice. The first run compiles the code and is not measured.</summary>
    public static void Print(int megabytes)
    {
        var plain = Log(megabytes * 1_000_000);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        foreach (var (name, bytes) in new[] { ("plain", plain), ("gzip", compressed.ToArray()) })
        {
            _ = Seconds(bytes);
            Console.WriteLine($"CloudTrail log, {name}: {plain.Length / 1_000_000 / Seconds(bytes):F0} MB of JSON a second");
        }
    }

    private static double Seconds(byte[] bytes)
    {
        var started = Stopwatch.GetTimestamp();
        var report = new LogAnalysis(since: null).Analyse([new InputFile("log", () => new MemoryStream(bytes))]);
        return report.Global.Calls > 0 && report.Damaged.Count == 0
            ? Stopwatch.GetElapsedTime(started).TotalSeconds
            : throw new InvalidOperationException("the log was not read");
    }

    /// <summary>One event in four comes from STS, and one in twenty shows a call of the global endpoint.</summary>
    private static byte[] Log(int length)
    {
        var log = new StringBuilder("{\"Records\":[", length + 4096);
        for (var number = 0; log.Length < length; number++)
        {
            log.Append(number == 0 ? string.Empty : ",").Append((number % 20) switch
            {
                0 => Event(number, "sts", "sts-global.eu-west-1", "global"),
                < 5 => Event(number, "sts", "sts.eu-west-1", "regional"),
                _ => Event(number, "ec2", "ec2.eu-west-1", "regional"),
            });
        }

        return Encoding.UTF8.GetBytes(log.Append("]}").ToString());
    }

    private static string Event(int number, string service, string host, string endpointType)
    {
        var id = Convert.ToHexStringLower(BitConverter.GetBytes(number * 2654435761L));
        return $$$"""
            {"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA{{{id}}}:i-{{{id}}}","arn":"arn:aws:sts::111122223333:assumed-role/app-{{{number % 40}}}/i-{{{id}}}",
            "accountId":"111122223333","accessKeyId":"ASIA{{{id}}}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA{{{id}}}","arn":"arn:aws:iam::111122223333:role/app-{{{number % 40}}}",
            "accountId":"111122223333","userName":"app-{{{number % 40}}}"},"attributes":{"creationDate":"2025-08-01T08:00:00Z","mfaAuthenticated":"false"},"ec2RoleDelivery":"2.0"}},
            "eventTime":"2025-08-02T10:00:00Z","eventSource":"{{{service}}}.amazonaws.com","eventName":"Call","awsRegion":"eu-west-1","sourceIPAddress":"10.0.0.{{{number % 8}}}",
            "userAgent":"Boto3/1.26.27 Python/3.11.2 Linux/6.1.0 Botocore/1.29.27","requestParameters":{"maxResults":1000,"items":[{"value":"vpc-{{{id}}}"},{"value":"i-{{{id}}}"}],"text":"{{{id}}}{{{id}}}{{{id}}}"},
            "responseElements":null,"additionalEventData":{"RequestDetails":{"awsServingRegion":"eu-west-1","endpointType":"{{{endpointType}}}"}},"requestID":"{{{id}}}-{{{id}}}","eventID":"{{{id}}}-{{{id}}}",
            "readOnly":true,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management",
            "tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"{{{host}}}.amazonaws.com"}}
            """;
    }
}
