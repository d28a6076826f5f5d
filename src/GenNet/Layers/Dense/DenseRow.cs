using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Runtime;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// a = g(xW + b) for one sample. A chain of multiply-adds waits four cycles for each term, so eight vectors of sums are kept in flight:
/// of eight vectors of outputs, or of fewer whose sums are in parts (see <see cref="PartialSums"/>).
/// </summary>
static unsafe class DenseRow
{
    /// <summary>a = g(xW + b); writes whole panels, padding included.</summary>
    /// <remarks>Conditions of nothing but arguments and types: where those are constants, the JIT does not even read what it would leave out.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TActivation, V>(int inputs, int outputs, int parts, float* weights, float* biases, float* x, float* z)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        const int W = PanelLayout.Width;
        // Of more than half a panel's outputs a whole one is made; fewer have one of 16, 8 or 4.
        if (outputs > W / 2)
            Panels<TActivation, V>(new(x, weights, biases, z, inputs, W, (outputs + W / 2 - 1) / W * W / V.Count), parts);
        if (outputs % W == 0 || outputs % W > W / 2)
            return;
        var full = outputs / W * W;
        weights += full * inputs;
        biases += full;
        z += full;
        if (outputs % W > 8)
            Panels<TActivation, V>(new(x, weights, biases, z, inputs, 16, 16 / V.Count), parts);
        else if (outputs % W > 4)
            Eight<TActivation, V>(inputs, parts, weights, biases, x, z);
        else
            Four<TActivation, V>(inputs, parts, weights, biases, x, z);
    }

    // Apart, because a method that is inlined has the types loaded that any of its branches names.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Eight<TActivation, V>(int inputs, int parts, float* weights, float* biases, float* x, float* z)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        if (typeof(V) == typeof(Simd512))
            Panels<TActivation, Simd256>(new(x, weights, biases, z, inputs, 8, 1), parts);
        else
            Panels<TActivation, V>(new(x, weights, biases, z, inputs, 8, 8 / V.Count), parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Four<TActivation, V>(int inputs, int parts, float* weights, float* biases, float* x, float* z)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        if (typeof(V) == typeof(Simd512) || typeof(V) == typeof(Simd256))
            Panels<TActivation, Simd128>(new(x, weights, biases, z, inputs, 4, 1), parts);
        else
            Panels<TActivation, V>(new(x, weights, biases, z, inputs, 4, 1), parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Panels<TActivation, V>(in Operands p, int parts)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        if (parts == 1)
            for (var v = 0; v < p.Vectors; v += 8)
                EightVectors<TActivation, V>(p, v);
        else if (parts == 2)
            for (var v = 0; v < p.Vectors; v += 4)
                FourVectors<TActivation, V>(p, v);
        else if (parts == 4)
            for (var v = 0; v < p.Vectors; v += 2)
                TwoVectors<TActivation, V>(p, v);
        else
            for (var v = 0; v < p.Vectors; v++)
                OneVector<TActivation, V>(p, v);
    }

    /// <summary>Eight vectors of outputs, each summed in one chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void EightVectors<TActivation, V>(in Operands p, int vector)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var left = p.Vectors - vector;
        int to1 = left > 1 ? V.Count : 0, to2 = left > 2 ? 2 * V.Count : 0, to4 = left > 4 ? 4 * V.Count : 0, to6 = left > 6 ? 6 * V.Count : to4;
        float* w0 = p.Column<V>(vector), w2 = w0 + (left > 2 ? p.ToThird<V>() : 0), w4 = w0 + (left > 4 ? p.ToFifth<V>() : 0), w6 = left > 6 ? w4 + p.ToThird<V>() : w4;
        float* w1 = w0 + to1, w3 = w2 + to1, w5 = w4 + to1, w7 = w6 + to1;
        float* biases = p.Biases + vector * V.Count, z = p.Z + vector * V.Count;
        V s0 = V.Load(biases), s1 = V.Load(biases + to1), s2 = V.Load(biases + to2), s3 = V.Load(biases + to2 + to1);
        V s4 = V.Load(biases + to4), s5 = V.Load(biases + to4 + to1), s6 = V.Load(biases + to6), s7 = V.Load(biases + to6 + to1);
        nint step = p.Step, at = 0;
        var x = p.X;
        for (var k = p.Inputs; k > 0; k--)
        {
            var xk = V.Splat(*x++);
            s0 = V.Fma(xk, w0 + at, s0);
            s1 = V.Fma(xk, w1 + at, s1);
            s2 = V.Fma(xk, w2 + at, s2);
            s3 = V.Fma(xk, w3 + at, s3);
            s4 = V.Fma(xk, w4 + at, s4);
            s5 = V.Fma(xk, w5 + at, s5);
            s6 = V.Fma(xk, w6 + at, s6);
            s7 = V.Fma(xk, w7 + at, s7);
            at += step;
        }
        if (typeof(TActivation) == typeof(ReLU) || typeof(TActivation) == typeof(Tanh))
        {
            s0 = TActivation.Apply(s0);
            s1 = TActivation.Apply(s1);
            s2 = TActivation.Apply(s2);
            s3 = TActivation.Apply(s3);
            s4 = TActivation.Apply(s4);
            s5 = TActivation.Apply(s5);
            s6 = TActivation.Apply(s6);
            s7 = TActivation.Apply(s7);
        }
        s0.Store(z);
        s1.Store(z + to1);
        s2.Store(z + to2);
        s3.Store(z + to2 + to1);
        s4.Store(z + to4);
        s5.Store(z + to4 + to1);
        s6.Store(z + to6);
        s7.Store(z + to6 + to1);
        ActivateOthers<TActivation, V>(z, Math.Min(left, 8));
    }

    /// <summary>Four vectors of outputs, each summed in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void FourVectors<TActivation, V>(in Operands p, int vector)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var left = p.Vectors - vector;
        int to1 = left > 1 ? V.Count : 0, to2 = left > 2 ? 2 * V.Count : 0;
        float* w0 = p.Column<V>(vector), w1 = w0 + to1, w2 = w0 + (left > 2 ? p.ToThird<V>() : 0), w3 = w2 + to1;
        float* biases = p.Biases + vector * V.Count, z = p.Z + vector * V.Count;
        V s00 = V.Load(biases), s10 = V.Load(biases + to1), s20 = V.Load(biases + to2), s30 = V.Load(biases + to2 + to1);
        V s01 = V.Zero, s11 = V.Zero, s21 = V.Zero, s31 = V.Zero;
        nint step = p.Step, at = 0, length = p.Inputs / 2;
        var second = p.Inputs - length;
        var toSecond = second * step;
        var x = p.X;
        for (var k = length; k > 0; k--)
        {
            V x0 = V.Splat(x[0]), x1 = V.Splat(x[second]);
            s00 = V.Fma(x0, w0 + at, s00);
            s10 = V.Fma(x0, w1 + at, s10);
            s20 = V.Fma(x0, w2 + at, s20);
            s30 = V.Fma(x0, w3 + at, s30);
            var at1 = at + toSecond;
            s01 = V.Fma(x1, w0 + at1, s01);
            s11 = V.Fma(x1, w1 + at1, s11);
            s21 = V.Fma(x1, w2 + at1, s21);
            s31 = V.Fma(x1, w3 + at1, s31);
            at += step;
            x++;
        }
        if (length != second)
        {
            var x0 = V.Splat(x[0]);
            s00 = V.Fma(x0, w0 + at, s00);
            s10 = V.Fma(x0, w1 + at, s10);
            s20 = V.Fma(x0, w2 + at, s20);
            s30 = V.Fma(x0, w3 + at, s30);
        }
        s00 += s01;
        s10 += s11;
        s20 += s21;
        s30 += s31;
        if (typeof(TActivation) == typeof(ReLU) || typeof(TActivation) == typeof(Tanh))
        {
            s00 = TActivation.Apply(s00);
            s10 = TActivation.Apply(s10);
            s20 = TActivation.Apply(s20);
            s30 = TActivation.Apply(s30);
        }
        s00.Store(z);
        s10.Store(z + to1);
        s20.Store(z + to2);
        s30.Store(z + to2 + to1);
        ActivateOthers<TActivation, V>(z, Math.Min(left, 4));
    }

    /// <summary>
    /// a = g(z), one vector after the other: several copies of a long activation would exceed what the JIT inlines.
    /// The two that are used most are short, and have been applied in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void ActivateOthers<TActivation, V>(float* z, int vectors)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        if (typeof(TActivation) == typeof(Identity) || typeof(TActivation) == typeof(ReLU) || typeof(TActivation) == typeof(Tanh))
            return;
        for (; vectors > 0; vectors--, z += V.Count)
            TActivation.Apply(V.Load(z)).Store(z);
    }

    /// <summary>Two vectors of outputs, each summed in four parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void TwoVectors<TActivation, V>(in Operands p, int vector)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        var to1 = vector + 1 < p.Vectors ? V.Count : 0;
        float* w0 = p.Column<V>(vector), w1 = w0 + to1;
        float* biases = p.Biases + vector * V.Count, z = p.Z + vector * V.Count;
        V s00 = V.Load(biases), s10 = V.Load(biases + to1);
        V s01 = V.Zero, s02 = V.Zero, s03 = V.Zero, s11 = V.Zero, s12 = V.Zero, s13 = V.Zero;
        nint step = p.Step, at = 0, length = p.Inputs / 4, longer = p.Inputs % 4;
        var k1 = length + Math.Min(1, longer);
        var k2 = 2 * length + Math.Min(2, longer);
        var k3 = 3 * length + longer;
        var x = p.X;
        for (var k = length; k > 0; k--)
        {
            V x0 = V.Splat(x[0]), x1 = V.Splat(x[k1]), x2 = V.Splat(x[k2]), x3 = V.Splat(x[k3]);
            s00 = V.Fma(x0, w0 + at, s00);
            s10 = V.Fma(x0, w1 + at, s10);
            var at1 = at + k1 * step;
            s01 = V.Fma(x1, w0 + at1, s01);
            s11 = V.Fma(x1, w1 + at1, s11);
            var at2 = at + k2 * step;
            s02 = V.Fma(x2, w0 + at2, s02);
            s12 = V.Fma(x2, w1 + at2, s12);
            var at3 = at + k3 * step;
            s03 = V.Fma(x3, w0 + at3, s03);
            s13 = V.Fma(x3, w1 + at3, s13);
            at += step;
            x++;
        }
        if (longer > 0)
        {
            s00 = V.Fma(V.Splat(x[0]), w0 + at, s00);
            s10 = V.Fma(V.Splat(x[0]), w1 + at, s10);
        }
        if (longer > 1)
        {
            s01 = V.Fma(V.Splat(x[k1]), w0 + at + k1 * step, s01);
            s11 = V.Fma(V.Splat(x[k1]), w1 + at + k1 * step, s11);
        }
        if (longer > 2)
        {
            s02 = V.Fma(V.Splat(x[k2]), w0 + at + k2 * step, s02);
            s12 = V.Fma(V.Splat(x[k2]), w1 + at + k2 * step, s12);
        }
        TActivation.Apply((s00 + s01) + (s02 + s03)).Store(z);
        TActivation.Apply((s10 + s11) + (s12 + s13)).Store(z + to1);
    }

    /// <summary>One vector of outputs, summed in eight parts: four and four, because two loads a multiply-add keep no more than four chains busy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void OneVector<TActivation, V>(in Operands p, int vector)
        where TActivation : struct, IActivation
        where V : struct, ISimd<V>
    {
        nint step = p.Step, length = p.Inputs / 8;
        float* x = p.X, w0 = p.Column<V>(vector);
        V s0 = V.Load(p.Biases + vector * V.Count), half = V.Zero;
        for (nint first = 0, more = p.Inputs % 8; first < 8; first += 4, more -= 4)
        {
            // Of these four parts so many have one term more.
            var longer = Math.Clamp(more, 0, 4);
            var k1 = length + Math.Min(1, longer);
            var k2 = 2 * length + Math.Min(2, longer);
            var k3 = 3 * length + Math.Min(3, longer);
            float* w1 = w0 + k1 * step, w2 = w0 + k2 * step, w3 = w0 + k3 * step;
            V s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            nint at = 0;
            for (var k = length; k > 0; k--)
            {
                s0 = V.Fma(V.Splat(x[0]), w0 + at, s0);
                s1 = V.Fma(V.Splat(x[k1]), w1 + at, s1);
                s2 = V.Fma(V.Splat(x[k2]), w2 + at, s2);
                s3 = V.Fma(V.Splat(x[k3]), w3 + at, s3);
                at += step;
                x++;
            }
            if (longer > 0)
                s0 = V.Fma(V.Splat(x[0]), w0 + at, s0);
            if (longer > 1)
                s1 = V.Fma(V.Splat(x[k1]), w1 + at, s1);
            if (longer > 2)
                s2 = V.Fma(V.Splat(x[k2]), w2 + at, s2);
            if (longer > 3)
                s3 = V.Fma(V.Splat(x[k3]), w3 + at, s3);
            s0 = (s0 + s1) + (s2 + s3);
            if (first > 0)
                TActivation.Apply(half + s0).Store(p.Z + vector * V.Count);
            half = s0;
            s0 = V.Zero;
            w0 += (4 * length + longer) * step;
            x += 3 * length + longer;
        }
    }

    /// <summary>
    /// Panels of one width, 32, or one narrower panel: the vectors of their outputs are numbered from 0. Their number is even or one, so where a vector
    /// has no third after it, it has two or none; vectors past the last repeat another one, whose address costs less than their own would.
    /// </summary>
    readonly struct Operands(float* x, float* weights, float* biases, float* z, int inputs, int width, int vectors)
    {
        public readonly float* X = x, Biases = biases, Z = z;
        public readonly int Inputs = inputs, Step = width, Vectors = vectors;
        readonly float* _weights = weights;

        /// <summary>The first weights of a vector.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* Column<V>(int vector) where V : struct, ISimd<V>
        {
            var output = vector * V.Count;
            var first = output & -Step;
            return _weights + first * Inputs + (output - first);
        }

        /// <summary>Floats from the weights of a vector whose number is divided by four to those of the next but one: in the same panel or in the next.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int ToThird<V>() where V : struct, ISimd<V> => Step >= 4 * V.Count ? 2 * V.Count : Step * Inputs;

        /// <summary>Floats from the weights of a vector whose number is divided by eight to those of the fourth after it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int ToFifth<V>() where V : struct, ISimd<V> => Step >= 8 * V.Count ? 4 * V.Count : Step >= 4 * V.Count ? Step * Inputs : 2 * Step * Inputs;
    }
}
