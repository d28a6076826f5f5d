using System.Globalization;

namespace GenNet.Tests.Generation;

static class Cultures
{
    /// <summary>Runs as on a Swedish machine (sv-SE): decimal comma, groups by no-break space, U+2212 for minus.</summary>
    /// <remarks>Written out, because tests run without the cultures' data.</remarks>
    public static void InSwedish(Action action)
    {
        var swedish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        swedish.NumberFormat.NumberDecimalSeparator = ",";
        swedish.NumberFormat.NumberGroupSeparator = "\u00A0";
        swedish.NumberFormat.NegativeSign = "\u2212";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = swedish;
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
