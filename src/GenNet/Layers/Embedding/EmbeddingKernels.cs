using GenNet.Runtime;

namespace GenNet.Kernels;

/// <summary>What embeddings do with rows. Nothing is computed but sums in the order of the rows, so vectors of any width would give the same bits.</summary>
static unsafe class EmbeddingKernels
{
    /// <summary>Puts the values of an index in its place. An index that is none has been refused; whatever it is, no memory beside the table is read.</summary>
    public static void Forward(
        in EmbeddingShape shape,
        float* parameters, // the network's
        in Rows x, // [rows][inputs]
        float* a, // [rows][stride]
        int stride)
    {
        int before = shape.Feature, behind = shape.Inputs - before - 1, size = shape.Size;
        var source = x.Pointer;
        for (var row = 0; row < x.Count; row++, source += x.Stride, a += stride)
        {
            new ReadOnlySpan<float>(source, before).CopyTo(new(a, before));
            var values = parameters + shape.Offset + RowOf(shape, IndexOf(shape, source), out var step);
            for (var k = 0; k < size; k++, values += step)
                a[before + k] = *values;
            new ReadOnlySpan<float>(source + before + 1, behind).CopyTo(new(a + before + size, behind));
        }
    }

    /// <summary>∂L/∂x of what is no index, and zero for that.</summary>
    public static void InputGradient(
        in EmbeddingShape shape,
        in Rows delta, // [rows][outputs]
        float* result, // [rows][stride]
        int stride)
    {
        int before = shape.Feature, behind = shape.Inputs - before - 1;
        var source = delta.Pointer;
        for (var row = 0; row < delta.Count; row++, source += delta.Stride, result += stride)
        {
            new ReadOnlySpan<float>(source, before).CopyTo(new(result, before));
            result[before] = 0;
            new ReadOnlySpan<float>(source + before + shape.Size, behind).CopyTo(new(result + before + 1, behind));
        }
    }

    /// <summary>Adds δ of some rows to the gradients of the things that they have, of those from <paramref name="first"/> to <paramref name="end"/>, one row after the other.</summary>
    public static void AddGradient(
        in EmbeddingShape shape,
        in Rows x, // [rows][inputs]
        float* delta, // [rows][stride]
        int stride,
        float* sums, // those of all things, in panels
        int first, int end)
    {
        float* source = x.Pointer, own = delta + shape.Feature;
        for (var row = 0; row < x.Count; row++, source += x.Stride, own += stride)
        {
            var index = IndexOf(shape, source);
            if (index < first || index >= end)
                continue;
            var sum = sums + RowOf(shape, index, out var step);
            for (var k = 0; k < shape.Size; k++, sum += step)
                *sum += own[k];
        }
    }

    /// <summary>The index of a row.</summary>
    static int IndexOf(in EmbeddingShape shape, float* row) => Math.Clamp((int)row[shape.Feature], 0, shape.Count - 1);

    /// <summary>Where the values of a thing start in the table, and how far it is from one to the next.</summary>
    static nint RowOf(in EmbeddingShape shape, int index, out int step)
    {
        step = PanelLayout.PanelWidth(shape.Count, index / PanelLayout.Width * PanelLayout.Width);
        return PanelLayout.WeightOffset(shape.Size, shape.Count, index, 0);
    }
}
