using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GenNet.Runtime;

/// <summary>Exceptions of generated code, kept out of its way.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Guard
{
    /// <summary>Throws for an input or output of the wrong length.</summary>
    [DoesNotReturn]
    public static void ThrowForwardLength(string network, int inputSize, int inputs, int outputSize, int outputs) =>
        throw (inputs != inputSize
            ? new ArgumentException($"{network}.Forward expects {inputSize} inputs, got {inputs}.", "input")
            : new ArgumentException($"{network}.Forward expects room for {outputSize} outputs, got {outputs}.", "output"));

    /// <summary>Throws for a collection expression of the wrong length.</summary>
    [DoesNotReturn]
    public static void ThrowInputLength(string network, int inputSize, int features) =>
        throw new ArgumentException($"{network} expects {inputSize} inputs, got {features}.", nameof(features));

    /// <summary>Throws for features of the wrong length.</summary>
    [DoesNotReturn]
    public static void ThrowFeatureLength(string network, int inputSize, int features) =>
        throw new ArgumentException($"{network}.WriteFeatures expects room for {inputSize} features, got {features}.", "x");

    /// <summary>The exception for a value of an enum that is none of its members.</summary>
    /// <param name="value">The value.</param>
    /// <param name="member">Where it was found, as in <c>Flower.Colour</c>.</param>
    public static ArgumentOutOfRangeException UnknownMember<TEnum>(TEnum value, string member) where TEnum : struct, Enum =>
        new(nameof(value), value, $"{member} is {value:D}, which is no member of {typeof(TEnum).Name}.");

    /// <summary>The elements of an array in a value, which must be as many as its type says.</summary>
    /// <param name="array">The array.</param>
    /// <param name="length">Its elements.</param>
    /// <param name="member">Where it was found, as in <c>Flower.Petals</c>.</param>
    /// <exception cref="ArgumentException">There is no array, or one of another length.</exception>
    public static ReadOnlySpan<T> CheckElements<T>(T[]? array, int length, string member) => array?.Length == length
        ? array
        : throw new ArgumentException($"{member} expects {length} elements, got {array?.Length.ToString(CultureInfo.InvariantCulture) ?? "null"}.", nameof(array));

    /// <summary>A predicted number, which ends at the type's limits.</summary>
    public static Half Half(double value) => (Half)Math.Clamp(value, (double)System.Half.MinValue, (double)System.Half.MaxValue);

    /// <inheritdoc cref="Half"/>
    public static float Single(double value) => (float)Math.Clamp(value, float.MinValue, float.MaxValue);

    /// <inheritdoc cref="Half"/>
    public static double Double(double value) => Math.Clamp(value, double.MinValue, double.MaxValue);

    /// <summary>Throws unless all features are finite.</summary>
    /// <exception cref="NotFiniteNumberException">One is not.</exception>
    public static void CheckFeatures(string network, ReadOnlySpan<float> features, IReadOnlyList<string> names)
    {
        for (var i = 0; i < features.Length; i++)
            if (!float.IsFinite(features[i]))
                throw new NotFiniteNumberException($"{network}.Predict: {names[i]} is {features[i]}. Give it a finite number.", features[i]);
    }

    /// <summary>Throws unless all outputs are finite.</summary>
    /// <exception cref="NotFiniteNumberException">One is not.</exception>
    public static void CheckOutputs(string network, ReadOnlySpan<float> outputs)
    {
        for (var i = 0; i < outputs.Length; i++)
            if (!float.IsFinite(outputs[i]))
                throw new NotFiniteNumberException($"{network}.Predict: output {i} is {outputs[i]}. Check the weights, and scale the features.", outputs[i]);
    }
}
