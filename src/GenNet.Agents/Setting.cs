using System.Globalization;
using System.Runtime.CompilerServices;

namespace GenNet.Agents;

/// <summary>The bounds of hyper-parameters, and their texts.</summary>
static class Setting
{
    /// <summary>The value, where it is valid.</summary>
    /// <param name="value">The value.</param>
    /// <param name="valid">Whether it is.</param>
    /// <param name="what">What it must be, for the message.</param>
    /// <param name="name">The setting.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Check(double value, bool valid, string what, [CallerMemberName] string name = "") => valid ? value : throw Wrong(name, value, $"must be {what}, got {Text(value)}.");

    /// <inheritdoc cref="Check(double, bool, string, string)"/>
    public static int Check(int value, bool valid, string what, [CallerMemberName] string name = "") => (int)Check((double)value, valid, what, name);

    /// <inheritdoc cref="Check(double, bool, string, string)"/>
    public static float Check(float value, bool valid, string what, [CallerMemberName] string name = "") => (float)Check((double)value, valid, what, name);

    /// <summary>The value, where it is finite and not negative, as the float that it becomes too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double NotNegative(double value, [CallerMemberName] string name = "") => Check(value, value >= 0 && float.IsFinite((float)value), "a number that a float can hold, 0 or more", name);

    /// <summary>The value, where it is positive, as the float that it becomes too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Positive(double value, [CallerMemberName] string name = "") => Check(value, (float)value > 0 && float.IsFinite((float)value), "a positive number that a float can hold", name);

    /// <summary>The limit of a norm, which may be infinite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, as the float that it becomes too.</exception>
    public static double Limit(double value, [CallerMemberName] string name = "") => Check(value, (float)value > 0, "positive, also as a float", name);

    /// <summary>Throws unless an array holds so many numbers.</summary>
    /// <param name="name">The setting that they follow from.</param>
    /// <param name="value">Its value.</param>
    /// <param name="numbers">How many there would be.</param>
    /// <param name="what">What they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">None does.</exception>
    public static void CheckRoom(string name, int value, Int128 numbers, string what)
    {
        if (numbers > Array.MaxLength)
            throw Wrong(name, value, $"is {Text(value)}: {what} are {numbers.ToString(CultureInfo.InvariantCulture)} numbers, and an array holds no more than {Text(Array.MaxLength)}. Set less.");
    }

    /// <summary>Makes what takes memory by a setting.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much.</exception>
    public static T Make<T>(string name, int value, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (OutOfMemoryException e)
        {
            throw new InsufficientMemoryException($"{name} is {Text(value)}, which takes more memory than there is. Set less.", e);
        }
    }

    static ArgumentOutOfRangeException Wrong(string name, object value, string fault) => new(name, value, $"{name} {fault}");

    /// <summary>The name of a setting, and its value in words that are the same in every culture.</summary>
    public static (string Name, string Text) Of(object? value, [CallerArgumentExpression(nameof(value))] string name = "") => (name, Text(value));

    static string Text(object? value)
    {
        if (value is Standardizer standardizer)
            return $"means {Numbers(standardizer.Means)} and deviations {Numbers(standardizer.Deviations)}";

        // Records print their numbers as the culture has them.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return value is ISchedule schedule ? $"{schedule} with the factors {Factors(schedule):x16}" : value?.ToString() ?? "null";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>A digest of a schedule, whose text need not say what it is made of: of its first factors, and of those around the powers of two.</summary>
    static ulong Factors(ISchedule schedule)
    {
        const int First = 4096, Powers = 50;
        var digest = 14695981039346656037UL;
        for (var step = 0; step < First; step++)
            Add(schedule.At(step));
        for (var power = 12; power < Powers; power++)
            for (var near = -1; near <= 1; near++)
                Add(schedule.At((1L << power) + near));
        return digest;

        // FNV-1a, a number at a time.
        void Add(double factor) => digest = (digest ^ BitConverter.DoubleToUInt64Bits(factor)) * 1099511628211UL;
    }

    static string Numbers(ReadOnlySpan<double> numbers) => $"[{string.Join(", ", numbers.ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";
}
