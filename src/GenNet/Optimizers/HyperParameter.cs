namespace GenNet;

/// <summary>Checks shared by the optimisers' and schedules' hyper-parameters.</summary>
static class HyperParameter
{
    public static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number, 0 or more.");

    public static double Positive(double value, string name) =>
        (float)value > 0 && float.IsFinite((float)value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a positive number that a float can hold.");

    public static double Fraction(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and less than 1.");
}
