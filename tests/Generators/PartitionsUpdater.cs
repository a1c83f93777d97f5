using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace StsWebhook.Generators;

/// <summary>
/// Copies <c>partitions.json</c> of botocore to <c>Regions</c> of the core, unchanged, and writes the notice beside it with
/// the version of botocore and the hash of the file.
/// </summary>
public static partial class PartitionsUpdater
{
    /// <summary>Copies the file and writes the notice.</summary>
    /// <param name="botocore">The folder of the Python package.</param>
    /// <param name="output">The folder <c>Regions</c> of the core.</param>
    public static void Update(string botocore, string output)
    {
        var partitions = File.ReadAllBytes(Path.Combine(botocore, "data", "partitions.json"));
        File.WriteAllBytes(Path.Combine(output, "partitions.json"), partitions);
        File.WriteAllText(Path.Combine(output, "partitions.NOTICE"), Notice(Version(botocore), partitions));
    }

    /// <summary>The text of the notice.</summary>
    /// <param name="version">The version of botocore.</param>
    /// <param name="partitions">The content of <c>partitions.json</c>.</param>
    public static string Notice(string version, ReadOnlySpan<byte> partitions) =>
        $"""
        partitions.json is part of botocore {version}, unchanged (botocore/data/partitions.json).
        SHA-256: {Convert.ToHexStringLower(SHA256.HashData(partitions))}
        Copyright 2012-2025 Amazon.com, Inc. or its affiliates. All Rights Reserved.
        Licensed under the Apache License, Version 2.0: see LICENSE at the root of this project.

        """.ReplaceLineEndings("\n");

    /// <summary>The version of the package, from <c>__version__ = '1.43.11'</c> in its <c>__init__.py</c>.</summary>
    public static string Version(string botocore) =>
        VersionAssignment().Match(File.ReadAllText(Path.Combine(botocore, "__init__.py"))).Groups["version"].Value;

    [GeneratedRegex(@"^__version__ = '(?<version>[\d.]+)'", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionAssignment();
}
