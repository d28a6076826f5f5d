using System.Globalization;
using System.Runtime.CompilerServices;

namespace GenNet.Agents;

/// <summary>The bounds of hyper-parameters.</summary>
static class Setting
{
    /// <summary>The value, where it is valid.</summary>
    /// <param name="value">The value.</param>
    /// <param name="valid">Whether it is.</param>
    /// <param name="what">What it must be, for the message.</param>
    /// <param name="name">The setting.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static double Check(double value, bool valid, string what, [CallerMemberName] string name = "") => valid ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be {what}, got {value}."));

    /// <inheritdoc cref="Check(double, bool, string, string)"/>
    public static int Check(int value, bool valid, string what, [CallerMemberName] string name = "") => (int)Check((double)value, valid, what, name);

    /// <inheritdoc cref="Check(double, bool, string, string)"/>
    public static float Check(float value, bool valid, string what, [CallerMemberName] string name = "") => (float)Check((double)value, valid, what, name);
}
