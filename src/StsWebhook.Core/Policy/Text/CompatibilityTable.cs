using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The table of <see cref="CompatibilityFold"/>: the characters that NFKC maps to lower-case letters, digits and
/// <c>. : / % @ _ = -</c>. Sequences with digits or other punctuation are left out, since no keyword contains one.
/// Generated from the Unicode Character Database by tests/Generators: run <c>make generate</c>, do not edit.
/// </summary>
internal static class CompatibilityTable
{
    /// <summary>The version of the Unicode Character Database.</summary>
    public const string UnicodeVersion = "15.0.0";

    /// <summary>Runs of characters that fold to a run of ASCII: first code point, length, what the first folds to.</summary>
    public static readonly int[] Runs =
    [
        0xAA, 1, 'a', 0xB2, 2, '2', 0xB9, 1, '1', 0xBA, 1, 'o', 0x17F, 1, 's', 0x2B0, 1, 'h', 0x2B2, 1, 'j',
        0x2B3, 1, 'r', 0x2B7, 1, 'w', 0x2B8, 1, 'y', 0x2E1, 1, 'l', 0x2E2, 1, 's', 0x2E3, 1, 'x', 0x1D2C, 1, 'a',
        0x1D2E, 1, 'b', 0x1D30, 2, 'd', 0x1D33, 8, 'g', 0x1D3C, 1, 'o', 0x1D3E, 1, 'p', 0x1D3F, 1, 'r', 0x1D40, 2, 't',
        0x1D42, 1, 'w', 0x1D43, 1, 'a', 0x1D47, 1, 'b', 0x1D48, 2, 'd', 0x1D4D, 1, 'g', 0x1D4F, 1, 'k', 0x1D50, 1, 'm',
        0x1D52, 1, 'o', 0x1D56, 1, 'p', 0x1D57, 2, 't', 0x1D5B, 1, 'v', 0x1D62, 1, 'i', 0x1D63, 1, 'r', 0x1D64, 2, 'u',
        0x1D9C, 1, 'c', 0x1DA0, 1, 'f', 0x1DBB, 1, 'z', 0x2024, 1, '.', 0x2070, 1, '0', 0x2071, 1, 'i', 0x2074, 6, '4',
        0x207C, 1, '=', 0x207F, 1, 'n', 0x2080, 10, '0', 0x208C, 1, '=', 0x2090, 1, 'a', 0x2091, 1, 'e', 0x2092, 1, 'o',
        0x2093, 1, 'x', 0x2095, 1, 'h', 0x2096, 4, 'k', 0x209A, 1, 'p', 0x209B, 2, 's', 0x2102, 1, 'c', 0x210A, 2, 'g',
        0x210C, 1, 'h', 0x210D, 1, 'h', 0x210E, 1, 'h', 0x2110, 1, 'i', 0x2111, 1, 'i', 0x2112, 1, 'l', 0x2113, 1, 'l',
        0x2115, 1, 'n', 0x2119, 3, 'p', 0x211C, 1, 'r', 0x211D, 1, 'r', 0x2124, 1, 'z', 0x2128, 1, 'z', 0x212A, 1, 'k',
        0x212C, 2, 'b', 0x212F, 1, 'e', 0x2130, 2, 'e', 0x2133, 1, 'm', 0x2134, 1, 'o', 0x2139, 1, 'i', 0x2145, 1, 'd',
        0x2146, 2, 'd', 0x2148, 2, 'i', 0x2160, 1, 'i', 0x2164, 1, 'v', 0x2169, 1, 'x', 0x216C, 1, 'l', 0x216D, 2, 'c',
        0x216F, 1, 'm', 0x2170, 1, 'i', 0x2174, 1, 'v', 0x2179, 1, 'x', 0x217C, 1, 'l', 0x217D, 2, 'c', 0x217F, 1, 'm',
        0x2460, 9, '1', 0x24B6, 26, 'a', 0x24D0, 26, 'a', 0x24EA, 1, '0', 0x2C7C, 1, 'j', 0x2C7D, 1, 'v',
        0x3002, 1, '.', 0xA7F2, 1, 'c', 0xA7F3, 1, 'f', 0xA7F4, 1, 'q', 0xFE13, 1, ':', 0xFE33, 1, '_', 0xFE34, 1, '_',
        0xFE4D, 1, '_', 0xFE4E, 1, '_', 0xFE4F, 1, '_', 0xFE52, 1, '.', 0xFE55, 1, ':', 0xFE63, 1, '-', 0xFE66, 1, '=',
        0xFE6A, 1, '%', 0xFE6B, 1, '@', 0xFF05, 1, '%', 0xFF0D, 14, '-', 0xFF1D, 1, '=', 0xFF20, 1, '@',
        0xFF21, 26, 'a', 0xFF3F, 1, '_', 0xFF41, 26, 'a', 0xFF61, 1, '.', 0x107A5, 1, 'q', 0x1D400, 26, 'a',
        0x1D41A, 26, 'a', 0x1D434, 26, 'a', 0x1D44E, 7, 'a', 0x1D456, 18, 'i', 0x1D468, 26, 'a', 0x1D482, 26, 'a',
        0x1D49C, 1, 'a', 0x1D49E, 2, 'c', 0x1D4A2, 1, 'g', 0x1D4A5, 2, 'j', 0x1D4A9, 4, 'n', 0x1D4AE, 8, 's',
        0x1D4B6, 4, 'a', 0x1D4BB, 1, 'f', 0x1D4BD, 7, 'h', 0x1D4C5, 11, 'p', 0x1D4D0, 26, 'a', 0x1D4EA, 26, 'a',
        0x1D504, 2, 'a', 0x1D507, 4, 'd', 0x1D50D, 8, 'j', 0x1D516, 7, 's', 0x1D51E, 26, 'a', 0x1D538, 2, 'a',
        0x1D53B, 4, 'd', 0x1D540, 5, 'i', 0x1D546, 1, 'o', 0x1D54A, 7, 's', 0x1D552, 26, 'a', 0x1D56C, 26, 'a',
        0x1D586, 26, 'a', 0x1D5A0, 26, 'a', 0x1D5BA, 26, 'a', 0x1D5D4, 26, 'a', 0x1D5EE, 26, 'a', 0x1D608, 26, 'a',
        0x1D622, 26, 'a', 0x1D63C, 26, 'a', 0x1D656, 26, 'a', 0x1D670, 26, 'a', 0x1D68A, 26, 'a', 0x1D7CE, 10, '0',
        0x1D7D8, 10, '0', 0x1D7E2, 10, '0', 0x1D7EC, 10, '0', 0x1D7F6, 10, '0', 0x1F12B, 1, 'c', 0x1F12C, 1, 'r',
        0x1F130, 26, 'a', 0x1FBF0, 10, '0',
    ];

    /// <summary>
    /// Ranges of characters that URL parsers ignore in a host: first code point, length. They are the
    /// Default_Ignorable_Code_Point, of which each version of UTS 46 ignores some, and U+1806 of IDNA 2003.
    /// </summary>
    public static readonly int[] Ignored =
    [
        0xAD, 1, 0x34F, 1, 0x61C, 1, 0x115F, 2, 0x17B4, 2, 0x1806, 1, 0x180B, 5, 0x200B, 5, 0x202A, 5, 0x2060, 16,
        0x3164, 1, 0xFE00, 16, 0xFEFF, 1, 0xFFA0, 1, 0xFFF0, 9, 0x1BCA0, 4, 0x1D173, 8, 0xE0000, 4096,
    ];

    /// <summary>Characters that fold to several, as the ligature of s and t.</summary>
    public static readonly FrozenDictionary<int, string> Sequences = new (int CodePoint, string Text)[]
    {
        (0x132, "ij"), (0x133, "ij"), (0x1C7, "lj"), (0x1C8, "lj"), (0x1C9, "lj"), (0x1CA, "nj"), (0x1CB, "nj"),
        (0x1CC, "nj"), (0x1F1, "dz"), (0x1F2, "dz"), (0x1F3, "dz"), (0x2025, ".."), (0x2026, "..."), (0x20A8, "rs"),
        (0x2116, "no"), (0x2120, "sm"), (0x2121, "tel"), (0x2122, "tm"), (0x213B, "fax"), (0x2161, "ii"),
        (0x2162, "iii"), (0x2163, "iv"), (0x2165, "vi"), (0x2166, "vii"), (0x2167, "viii"), (0x2168, "ix"),
        (0x216A, "xi"), (0x216B, "xii"), (0x2171, "ii"), (0x2172, "iii"), (0x2173, "iv"), (0x2175, "vi"),
        (0x2176, "vii"), (0x2177, "viii"), (0x2178, "ix"), (0x217A, "xi"), (0x217B, "xii"), (0x3250, "pte"),
        (0x32CC, "hg"), (0x32CD, "erg"), (0x32CE, "ev"), (0x32CF, "ltd"), (0x3371, "hpa"), (0x3372, "da"),
        (0x3373, "au"), (0x3374, "bar"), (0x3375, "ov"), (0x3376, "pc"), (0x3377, "dm"), (0x337A, "iu"), (0x3380, "pa"),
        (0x3381, "na"), (0x3383, "ma"), (0x3384, "ka"), (0x3385, "kb"), (0x3386, "mb"), (0x3387, "gb"), (0x3388, "cal"),
        (0x3389, "kcal"), (0x338A, "pf"), (0x338B, "nf"), (0x338E, "mg"), (0x338F, "kg"), (0x3390, "hz"),
        (0x3391, "khz"), (0x3392, "mhz"), (0x3393, "ghz"), (0x3394, "thz"), (0x3396, "ml"), (0x3397, "dl"),
        (0x3398, "kl"), (0x3399, "fm"), (0x339A, "nm"), (0x339C, "mm"), (0x339D, "cm"), (0x339E, "km"), (0x33A9, "pa"),
        (0x33AA, "kpa"), (0x33AB, "mpa"), (0x33AC, "gpa"), (0x33AD, "rad"), (0x33B0, "ps"), (0x33B1, "ns"),
        (0x33B3, "ms"), (0x33B4, "pv"), (0x33B5, "nv"), (0x33B7, "mv"), (0x33B8, "kv"), (0x33B9, "mv"), (0x33BA, "pw"),
        (0x33BB, "nw"), (0x33BD, "mw"), (0x33BE, "kw"), (0x33BF, "mw"), (0x33C2, "a.m."), (0x33C3, "bq"),
        (0x33C4, "cc"), (0x33C5, "cd"), (0x33C7, "co."), (0x33C8, "db"), (0x33C9, "gy"), (0x33CA, "ha"), (0x33CB, "hp"),
        (0x33CC, "in"), (0x33CD, "kk"), (0x33CE, "km"), (0x33CF, "kt"), (0x33D0, "lm"), (0x33D1, "ln"), (0x33D2, "log"),
        (0x33D3, "lx"), (0x33D4, "mb"), (0x33D5, "mil"), (0x33D6, "mol"), (0x33D7, "ph"), (0x33D8, "p.m."),
        (0x33D9, "ppm"), (0x33DA, "pr"), (0x33DB, "sr"), (0x33DC, "sv"), (0x33DD, "wb"), (0x33FF, "gal"),
        (0xFB00, "ff"), (0xFB01, "fi"), (0xFB02, "fl"), (0xFB03, "ffi"), (0xFB04, "ffl"), (0xFB05, "st"),
        (0xFB06, "st"), (0xFE19, "..."), (0xFE30, ".."), (0x1F12D, "cd"), (0x1F12E, "wz"), (0x1F14A, "hv"),
        (0x1F14B, "mv"), (0x1F14C, "sd"), (0x1F14D, "ss"), (0x1F14E, "ppv"), (0x1F14F, "wc"), (0x1F16A, "mc"),
        (0x1F16B, "md"), (0x1F16C, "mr"), (0x1F190, "dj"),
    }.ToFrozenDictionary(s => s.CodePoint, s => s.Text);
}
