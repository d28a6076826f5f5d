using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace GenNet.Runtime;

/// <summary>Arrays in words, for a debugger or a log.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArrayText
{
    const int Shown = 8;

    /// <summary>The numbers with six digits, as in <c>[0.25, -1.5]</c>; of many the first, and how many there are.</summary>
    public static string Of(ReadOnlySpan<float> numbers)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < Math.Min(numbers.Length, Shown); i++)
            text.Append(i > 0 ? ", " : "").Append(numbers[i].ToString("G6", CultureInfo.InvariantCulture));
        return text.Append(numbers.Length > Shown ? string.Create(CultureInfo.InvariantCulture, $", … of {numbers.Length}]") : "]").ToString();
    }
}
