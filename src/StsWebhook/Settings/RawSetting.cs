namespace StsWebhook.Settings;

/// <summary>A setting as somebody wrote it.</summary>
/// <param name="Key">The path, as <c>policy.enforce</c>.</param>
/// <param name="Value">The text.</param>
/// <param name="Origin">Where it was written: a flag, an environment variable, a file.</param>
internal readonly record struct RawSetting(string Key, string Value, string Origin);
