using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace GenNet;

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
}
