using System.Collections;
using System.Globalization;

namespace GenNet.Tests.Robustness;

/// <summary>Compares values of any type by all of their public properties, floating-point numbers by their bits.</summary>
static class Same
{
    /// <summary>Fails unless both say the same.</summary>
    public static void As(object? expected, object? actual) => Assert.Equal(Describe(expected), Describe(actual));

    /// <summary>All that there is to say of a value.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        double number => double.IsNaN(number) ? "NaN" : BitConverter.DoubleToInt64Bits(number).ToString("x16", CultureInfo.InvariantCulture),
        TimeSpan time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        ParameterBlock parameters => parameters.Hash().ToString("x16", CultureInfo.InvariantCulture),
        IFormattable simple when value.GetType().IsPrimitive || value.GetType().IsEnum => simple.ToString(null, CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IDictionary dictionary => $"{{{string.Join("; ", dictionary.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => $"\"{key}\" = {Describe(dictionary[key])}"))}}}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Describe))}]",
        _ => $"({string.Join(", ", value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => $"{property.Name}: {Describe(property.GetValue(value))}"))})",
    };
}
