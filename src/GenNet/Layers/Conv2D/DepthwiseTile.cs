using System.Runtime.CompilerServices;
using GenNet.Activations;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// The inner kernels of a convolution of each channel by itself. Operands are those of <see cref="ConvolutionTile"/>, whose runs are kernel rows; columns of A are channels,
/// as those of B and C are. Summed in order by fused multiply-adds.
/// </summary>
[SkipLocalsInit]
static unsafe class DepthwiseTile
{
    const int TileRows = 8;

    /// <summary>C(r, j) = start(j) + Σ A(r, k, j)·B(k, j).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(in ConvolutionTile.Operands operands, int width) =>
        Vectors.Run(new ProductWork((ConvolutionTile.Operands*)Unsafe.AsPointer(ref Unsafe.AsRef(in operands)), width), width);

    /// <summary>B(k, j) += Σ A(r, k, j)·C(r, j), over the rows in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(in ConvolutionTile.Operands operands, int width) =>
        Vectors.Run(new GradientWork((ConvolutionTile.Operands*)Unsafe.AsPointer(ref Unsafe.AsRef(in operands)), width), width);

    readonly struct ProductWork(ConvolutionTile.Operands* operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Product<V>(*operands, width);
    }

    readonly struct GradientWork(ConvolutionTile.Operands* operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Gradient<V>(*operands, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product<V>(in ConvolutionTile.Operands p, int width) where V : struct, ISimd<V>
    {
        for (var column = 0; column < width; column += V.Count)
            Column<V>(p, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Column<V>(in ConvolutionTile.Operands p, int column) where V : struct, ISimd<V>
    {
        nint step = p.AStep, bStep = p.BStep, jump = p.OuterJump, cRow = p.CRow;
        int length = p.Length, outer = p.Outer;
        var isThreeWide = length == 3 && step == p.ARow;
        var next = p.First;
        var start = V.Load(p.Start + column);
        var places = stackalloc float*[TileRows];
        for (var row = 0; row < p.Rows; row += TileRows)
        {
            // Rows past the end repeat the last one; they are computed and not stored.
            var last = Math.Min(TileRows, p.Rows - row) - 1;
            var areTogether = next.Take(p, last, places);
            float* a0 = places[0] + column, a1 = places[1] + column, a2 = places[2] + column, a3 = places[3] + column;
            float* a4 = places[4] + column, a5 = places[5] + column, a6 = places[6] + column, a7 = places[7] + column;
            V c0 = start, c1 = start, c2 = start, c3 = start, c4 = start, c5 = start, c6 = start, c7 = start;
            var b = p.B + column;
            if (isThreeWide && areTogether)
            {
                // Eight pixels side by side read ten: each is loaded once for all that it is a term of.
                for (var i = outer; i > 0; i--)
                {
                    V w0 = V.Load(b), w1 = V.Load(b + bStep), w2 = V.Load(b + 2 * bStep);
                    var x = V.Load(a0);
                    c0 = V.Fma(x, w0, c0);
                    x = V.Load(a0 + step);
                    c1 = V.Fma(x, w0, c1);
                    c0 = V.Fma(x, w1, c0);
                    x = V.Load(a0 + 2 * step);
                    c2 = V.Fma(x, w0, c2);
                    c1 = V.Fma(x, w1, c1);
                    c0 = V.Fma(x, w2, c0);
                    x = V.Load(a0 + 3 * step);
                    c3 = V.Fma(x, w0, c3);
                    c2 = V.Fma(x, w1, c2);
                    c1 = V.Fma(x, w2, c1);
                    x = V.Load(a0 + 4 * step);
                    c4 = V.Fma(x, w0, c4);
                    c3 = V.Fma(x, w1, c3);
                    c2 = V.Fma(x, w2, c2);
                    x = V.Load(a0 + 5 * step);
                    c5 = V.Fma(x, w0, c5);
                    c4 = V.Fma(x, w1, c4);
                    c3 = V.Fma(x, w2, c3);
                    x = V.Load(a0 + 6 * step);
                    c6 = V.Fma(x, w0, c6);
                    c5 = V.Fma(x, w1, c5);
                    c4 = V.Fma(x, w2, c4);
                    x = V.Load(a0 + 7 * step);
                    c7 = V.Fma(x, w0, c7);
                    c6 = V.Fma(x, w1, c6);
                    c5 = V.Fma(x, w2, c5);
                    x = V.Load(a0 + 8 * step);
                    c7 = V.Fma(x, w1, c7);
                    c6 = V.Fma(x, w2, c6);
                    x = V.Load(a0 + 9 * step);
                    c7 = V.Fma(x, w2, c7);
                    a0 += 3 * step + jump;
                    b += 3 * bStep;
                }
            }
            else
            {
                nint at = 0;
                for (var i = outer; i > 0; i--, at += jump)
                    for (var k = length; k > 0; k--, at += step, b += bStep)
                    {
                        var w = V.Load(b);
                        c0 = V.Fma(w, a0 + at, c0);
                        c1 = V.Fma(w, a1 + at, c1);
                        c2 = V.Fma(w, a2 + at, c2);
                        c3 = V.Fma(w, a3 + at, c3);
                        c4 = V.Fma(w, a4 + at, c4);
                        c5 = V.Fma(w, a5 + at, c5);
                        c6 = V.Fma(w, a6 + at, c6);
                        c7 = V.Fma(w, a7 + at, c7);
                    }
            }

            if (p.Rectifies)
            {
                c0 = ReLU.Apply(c0);
                c1 = ReLU.Apply(c1);
                c2 = ReLU.Apply(c2);
                c3 = ReLU.Apply(c3);
                c4 = ReLU.Apply(c4);
                c5 = ReLU.Apply(c5);
                c6 = ReLU.Apply(c6);
                c7 = ReLU.Apply(c7);
            }

            var c = p.C + column + row * cRow;
            c0.Store(c);
            if (last < 1)
                break;
            c += cRow;
            c1.Store(c);
            if (last < 2)
                break;
            c += cRow;
            c2.Store(c);
            if (last < 3)
                break;
            c += cRow;
            c3.Store(c);
            if (last < 4)
                break;
            c += cRow;
            c4.Store(c);
            if (last < 5)
                break;
            c += cRow;
            c5.Store(c);
            if (last < 6)
                break;
            c += cRow;
            c6.Store(c);
            if (last < 7)
                break;
            c += cRow;
            c7.Store(c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Gradient<V>(in ConvolutionTile.Operands p, int width) where V : struct, ISimd<V>
    {
        for (var column = 0; column < width; column += V.Count)
            for (var place = 0; place < p.Outer * p.Length; place += TileRows)
                Places<V>(p, column, place);
    }

    /// <summary>Eight weights. Those past the end repeat the last one; they are computed and not stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Places<V>(in ConvolutionTile.Operands p, int column, int place) where V : struct, ISimd<V>
    {
        var last = Math.Min(TileRows, p.Outer * p.Length - place) - 1;
        var first = p.First.Address + column;
        var sums = p.B + column + place * p.BStep;
        var a0 = first + Place(p, place + Math.Min(0, last));
        var a1 = first + Place(p, place + Math.Min(1, last));
        var a2 = first + Place(p, place + Math.Min(2, last));
        var a3 = first + Place(p, place + Math.Min(3, last));
        var a4 = first + Place(p, place + Math.Min(4, last));
        var a5 = first + Place(p, place + Math.Min(5, last));
        var a6 = first + Place(p, place + Math.Min(6, last));
        var a7 = first + Place(p, place + Math.Min(7, last));
        V s0 = V.Load(sums + Math.Min(0, last) * p.BStep), s1 = V.Load(sums + Math.Min(1, last) * p.BStep), s2 = V.Load(sums + Math.Min(2, last) * p.BStep), s3 = V.Load(sums + Math.Min(3, last) * p.BStep), s4 = V.Load(sums + Math.Min(4, last) * p.BStep), s5 = V.Load(sums + Math.Min(5, last) * p.BStep), s6 = V.Load(sums + Math.Min(6, last) * p.BStep), s7 = V.Load(sums + Math.Min(7, last) * p.BStep);
        nint at = 0, right = p.ARow, cRow = p.CRow;
        var c = p.C + column;
        for (var rows = p.Rows; rows > 0; rows -= p.RowsOfRun, at += p.RowJump)
            for (var n = p.RowsOfRun; n > 0; n--, at += right, c += cRow)
            {
                var d = V.Load(c);
                s0 = V.Fma(d, a0 + at, s0);
                s1 = V.Fma(d, a1 + at, s1);
                s2 = V.Fma(d, a2 + at, s2);
                s3 = V.Fma(d, a3 + at, s3);
                s4 = V.Fma(d, a4 + at, s4);
                s5 = V.Fma(d, a5 + at, s5);
                s6 = V.Fma(d, a6 + at, s6);
                s7 = V.Fma(d, a7 + at, s7);
            }
        s0.Store(sums);
        if (last < 1)
            return;
        sums += p.BStep;
        s1.Store(sums);
        if (last < 2)
            return;
        sums += p.BStep;
        s2.Store(sums);
        if (last < 3)
            return;
        sums += p.BStep;
        s3.Store(sums);
        if (last < 4)
            return;
        sums += p.BStep;
        s4.Store(sums);
        if (last < 5)
            return;
        sums += p.BStep;
        s5.Store(sums);
        if (last < 6)
            return;
        sums += p.BStep;
        s6.Store(sums);
        if (last < 7)
            return;
        sums += p.BStep;
        s7.Store(sums);
    }

    /// <summary>From the first place of the kernel to another.</summary>
    static nint Place(in ConvolutionTile.Operands p, int place) => place * p.AStep + place / p.Length * p.OuterJump;
}
