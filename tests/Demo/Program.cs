using StsWebhook.Demo;

if (args is not [var binary, var recordings])
{
    await Console.Error.WriteLineAsync("usage: Demo BINARY RECORDINGS");
    return 2;
}

await using var webhook = await RunningWebhook.StartAsync(binary, Path.Combine(recordings, "nodes.json"));
var before = await webhook.ScrapeAsync();

await Show("A pod of a Deployment, with an IAM role. The cluster has two regions, so the region is set when the pod gets its node.", "mutate", "pods-create-ledger");
await Show("The scheduler binds a pod to a node. Now the region is known.", "bind", "pods-binding-create-shell");
await Show("A pod of a DaemonSet, with an init container and a native sidecar. Its node is known when it is created.", "mutate", "pods-create-log-shipper");
await Show("A pod of a Job that hard-codes the global endpoint. It is denied.", "mutate", "pods-create-backfill");

Console.WriteLine("Counters of /metrics that increased:");
foreach (var line in (await webhook.ScrapeAsync()).Since(before))
{
    Console.WriteLine($"  {line}");
}

return 0;

async Task Show(string title, string path, string recording)
{
    var review = Review.Read(Path.Combine(recordings, recording + ".json"));
    Console.WriteLine(title);
    Console.WriteLine($"POST /{path}  {review.Title}");
    Console.WriteLine();
    foreach (var line in review.Describe(await webhook.PostAsync(path, review.Body)))
    {
        Console.WriteLine($"  {line}");
    }

    Console.WriteLine();
}
