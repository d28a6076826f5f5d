using System.Reflection;
using System.Runtime.InteropServices;

namespace GenNet.Tests.Reference;

/// <summary>The floats of a <see cref="ParameterBlock"/> that belong to no tensor: they fill vectors and cache lines.</summary>
sealed class PaddingCheck
{
    readonly bool[] _isPadding;

    public PaddingCheck(ParameterBlock like)
    {
        var length = (int)typeof(NetworkArchitecture).GetProperty("BlockLength", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(
            typeof(ParameterBlock).GetField("_architecture", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(like))!;
        var kept = like.Tensors.Select(tensor =>
        {
            var values = new float[tensor.Length];
            tensor.CopyTo(values);
            return values;
        }).ToArray();

        // What a number that is written everywhere does not reach.
        const float Mark = 12345;
        foreach (var tensor in like.Tensors)
            tensor.CopyFrom(Enumerable.Repeat(Mark, tensor.Length).ToArray());
        _isPadding = [.. Floats(like, length).ToArray().Select(value => value != Mark)];
        foreach (var (tensor, values) in like.Tensors.Zip(kept))
            tensor.CopyFrom(values);
        Assert.Equal(like.Tensors.Sum(tensor => tensor.Length), _isPadding.Count(padding => !padding));
    }

    /// <param name="what">For the message.</param>
    /// <param name="block">The block.</param>
    /// <param name="start">What an optimiser's state begins with, and stays at where gradients are zero.</param>
    public void AssertZero(string what, ParameterBlock block, double start = 0)
    {
        var floats = Floats(block, _isPadding.Length);
        for (var i = 0; i < floats.Length; i++)
            if (_isPadding[i] && floats[i] != 0 && floats[i] != (float)start)
                Assert.Fail($"{what}: float {i}, which is padding, is {floats[i]:R}.");
    }

    static ReadOnlySpan<float> Floats(ParameterBlock block, int length) => MemoryMarshal.CreateReadOnlySpan(in block.Reference, length);
}
