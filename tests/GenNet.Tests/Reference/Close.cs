using Xunit.Sdk;

namespace GenNet.Tests.Reference;

/// <summary>Compares tensors of floating-point numbers.</summary>
static class Close
{
    /// <summary>How much further than <c>tolerance</c> an element may be off, relative to itself.</summary>
    const double ElementSlack = 10;

    /// <summary>An element below this share of the largest is judged as if it were as large as that.</summary>
    const double ElementFloor = 0.01;

    /// <summary>
    /// Fails unless every element is finite, is within <paramref name="tolerance"/> of what is expected relative to the largest magnitude
    /// in the tensor, and within ten times that relative to its own magnitude (or a hundredth of the largest, if that is more).
    /// </summary>
    /// <param name="tensor">Named in the message.</param>
    /// <param name="expected">What the reference computed. All zeros are an error unless <paramref name="zeros"/>: comparing them proves nothing.</param>
    /// <param name="actual">What was computed.</param>
    /// <param name="tolerance">The relative error allowed.</param>
    /// <param name="zeros">Whether the tensor should be all zeros.</param>
    public static void AssertEqual(string tensor, ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, bool zeros = false)
    {
        if (expected.Length != actual.Length || expected.IsEmpty)
            throw new XunitException($"{tensor}: expected {expected.Length} elements (at least 1), got {actual.Length}.");
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            if (!double.IsFinite(expected[i]) || !double.IsFinite(actual[i]))
                throw Failure(tensor, i, expected[i], actual[i], "both must be finite");
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }
        if (largest == 0 && !zeros)
            throw new XunitException($"{tensor}: all {expected.Length} expected elements are zero, which proves nothing.");
        if (largest != 0 && zeros)
            throw new XunitException($"{tensor}: was to be all zeros, but the reference has elements up to {largest:R}.");
        for (var i = 0; i < expected.Length; i++)
        {
            var ownScale = ElementSlack * Math.Max(Math.Abs(expected[i]), ElementFloor * largest);
            var allowed = tolerance * Math.Min(largest, ownScale);
            if (Math.Abs(actual[i] - expected[i]) > allowed)
                throw Failure(tensor, i, expected[i], actual[i], $"off by {Math.Abs(actual[i] - expected[i]):E2}, allowed {allowed:E2}");
        }
    }

    /// <inheritdoc cref="AssertEqual(string, ReadOnlySpan{double}, ReadOnlySpan{double}, double, bool)"/>
    public static void AssertEqual(string tensor, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, double tolerance, bool zeros = false)
    {
        var widened = new double[actual.Length];
        for (var i = 0; i < actual.Length; i++)
            widened[i] = actual[i];
        AssertEqual(tensor, expected, widened, tolerance, zeros);
    }

    static XunitException Failure(string tensor, int index, double expected, double actual, string why) =>
        new($"{tensor}[{index}]: expected {expected:R}, got {actual:R} ({why}).");
}
