namespace GenNet.Kernels;

/// <summary>
/// The declared order of z = b + Σₖ x(k)·W(k): k is split into 1, 2, 4 or 8 contiguous parts. The first starts from the bias, the others from zero,
/// each is summed in order of k by fused multiply-adds, and the parts are added in pairs: ((p0 + p1) + (p2 + p3)) + ((p4 + p5) + (p6 + p7)).
/// </summary>
/// <remarks>
/// A narrow layer computed for one sample would wait on a few long chains of additions; the parts are summed side by side.
/// The number of parts follows from the layer's size alone, so every method, vector width and batch size computes the same bits.
/// The generator compiles this file too.
/// </remarks>
static class PartialSums
{
    /// <summary>Parts of a layer: enough for eight 512-bit vectors in flight, while a part keeps four terms or more.</summary>
    public static int Count(int inputs, int outputs)
    {
        var wanted = outputs switch { >= 128 => 1, >= 64 => 2, > 16 => 4, _ => 8 };
        while (wanted > 1 && inputs / wanted < 4)
            wanted /= 2;
        return wanted;
    }

    /// <summary>The first term of part <paramref name="part"/>. The first inputs % parts parts have one term more than the others.</summary>
    public static int Start(int inputs, int parts, int part) => part * (inputs / parts) + Math.Min(part, inputs % parts);
}
