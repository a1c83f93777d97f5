namespace StsWebhook.Settings;

/// <summary>A setting as written in its source, before it is checked against <see cref="SettingKeys"/>.</summary>
/// <param name="Key">The dotted key, such as <c>policy.enforce</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Origin">The flag, the environment variable or the file that it was read from.</param>
internal readonly record struct RawSetting(string Key, string Value, string Origin);
