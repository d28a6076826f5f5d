using System.Globalization;

namespace GenNet;

/// <summary>Words that are the same in every culture: records print their numbers as the present one has them.</summary>
static class InvariantText
{
    public static string Of(Func<string?> words)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return words() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
