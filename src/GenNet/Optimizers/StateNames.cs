namespace GenNet;

/// <summary>Names that optimisers share for the values they keep.</summary>
static class StateNames
{
    public static string Of(int index, string first) => Of(index, first, "", 1);

    public static string Of(int index, string first, string second) => Of(index, first, second, 2);

    public static string Of(int index, string first, string second, string third) => index == 2 ? third : Of(index, first, second, 2);

    /// <summary>Of an optimiser that keeps nothing.</summary>
    public static string None(int index) => Of(index, "", "", 0);

    static string Of(int index, string first, string second, int count) =>
        (uint)index < (uint)count ? (index == 0 ? first : second)
        : throw new ArgumentOutOfRangeException(nameof(index), index, "The optimiser keeps no such value.");
}
