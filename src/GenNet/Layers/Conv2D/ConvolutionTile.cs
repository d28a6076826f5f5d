using System.Runtime.CompilerServices;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// The inner kernel of a convolution: C(r, j) = start(r, j) + Σ A(r, k)·B(k, j) as <see cref="RegisterTile"/> computes it, but A's rows and terms lie in runs, with jumps between:
/// the pixels under a kernel, or those under all places of one of its weights. Summed in order by fused multiply-adds.
/// </summary>
[SkipLocalsInit]
static unsafe class ConvolutionTile
{
    const int TileRows = 8;

    /// <summary>The product over <paramref name="width"/> columns, 4, 8, 16 or 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(in Operands operands, int width)
    {
        // They are their caller's variable: not copied, and nothing to pin.
        Vectors.Run(new ProductWork((Operands*)Unsafe.AsPointer(ref Unsafe.AsRef(in operands)), width), width);
    }

    readonly struct ProductWork(Operands* operands, int width) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Product<V>(*operands, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Product<V>(in Operands operands, int width) where V : struct, ISimd<V>
    {
        // Eight rows of two vectors need more registers than 256 and 128 bits have.
        var pairs = V.TileRows == TileRows && width >= 2 * V.Count;
        for (var column = 0; column < width; column += pairs ? 2 * V.Count : V.Count)
        {
            if (pairs)
                Product2<V>(operands, column);
            else
                Product1<V>(operands, column);
        }
    }

    /// <summary>The two vectors of columns from <paramref name="column"/> on, all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product2<V>(in Operands p, int column) where V : struct, ISimd<V>
    {
        var n = V.Count;
        nint step = p.AStep, bStep = p.BStep, innerJump = p.InnerJump, outerJump = p.OuterJump, startRow = p.StartRow, cRow = p.CRow;
        int length = p.Length, inner = p.Inner, outer = p.Outer;
        var next = p.First;
        for (var row = 0; row < p.Rows; row += TileRows)
        {
            // Rows past the end repeat the last one; they are computed and not stored.
            var last = p.Rows - row - 1;
            var s = p.Start + column + row * startRow;
            var a0 = next.Address;
            V c00 = V.Load(s), c01 = V.Load(s + n);
            var a1 = a0;
            if (last >= 1)
            {
                next.Advance(p);
                a1 = next.Address;
                s += startRow;
            }
            V c10 = V.Load(s), c11 = V.Load(s + n);
            var a2 = a1;
            if (last >= 2)
            {
                next.Advance(p);
                a2 = next.Address;
                s += startRow;
            }
            V c20 = V.Load(s), c21 = V.Load(s + n);
            var a3 = a2;
            if (last >= 3)
            {
                next.Advance(p);
                a3 = next.Address;
                s += startRow;
            }
            V c30 = V.Load(s), c31 = V.Load(s + n);
            var a4 = a3;
            if (last >= 4)
            {
                next.Advance(p);
                a4 = next.Address;
                s += startRow;
            }
            V c40 = V.Load(s), c41 = V.Load(s + n);
            var a5 = a4;
            if (last >= 5)
            {
                next.Advance(p);
                a5 = next.Address;
                s += startRow;
            }
            V c50 = V.Load(s), c51 = V.Load(s + n);
            var a6 = a5;
            if (last >= 6)
            {
                next.Advance(p);
                a6 = next.Address;
                s += startRow;
            }
            V c60 = V.Load(s), c61 = V.Load(s + n);
            var a7 = a6;
            if (last >= 7)
            {
                next.Advance(p);
                a7 = next.Address;
                s += startRow;
            }
            V c70 = V.Load(s), c71 = V.Load(s + n);
            next.Advance(p);

            var b = p.B + column;
            nint at = 0;
            for (var i = outer; i > 0; i--, at += outerJump)
                for (var j = inner; j > 0; j--, at += innerJump)
                    for (var k = length; k > 0; k--)
                    {
                        V b0 = V.Load(b), b1 = V.Load(b + n);
                        var x = V.Splat(a0[at]);
                        c00 = V.Fma(x, b0, c00);
                        c01 = V.Fma(x, b1, c01);
                        x = V.Splat(a1[at]);
                        c10 = V.Fma(x, b0, c10);
                        c11 = V.Fma(x, b1, c11);
                        x = V.Splat(a2[at]);
                        c20 = V.Fma(x, b0, c20);
                        c21 = V.Fma(x, b1, c21);
                        x = V.Splat(a3[at]);
                        c30 = V.Fma(x, b0, c30);
                        c31 = V.Fma(x, b1, c31);
                        x = V.Splat(a4[at]);
                        c40 = V.Fma(x, b0, c40);
                        c41 = V.Fma(x, b1, c41);
                        x = V.Splat(a5[at]);
                        c50 = V.Fma(x, b0, c50);
                        c51 = V.Fma(x, b1, c51);
                        x = V.Splat(a6[at]);
                        c60 = V.Fma(x, b0, c60);
                        c61 = V.Fma(x, b1, c61);
                        x = V.Splat(a7[at]);
                        c70 = V.Fma(x, b0, c70);
                        c71 = V.Fma(x, b1, c71);
                        b += bStep;
                        at += step;
                    }

            var c = p.C + column + row * cRow;
            c00.Store(c);
            c01.Store(c + n);
            if (last < 1)
                break;
            c += cRow;
            c10.Store(c);
            c11.Store(c + n);
            if (last < 2)
                break;
            c += cRow;
            c20.Store(c);
            c21.Store(c + n);
            if (last < 3)
                break;
            c += cRow;
            c30.Store(c);
            c31.Store(c + n);
            if (last < 4)
                break;
            c += cRow;
            c40.Store(c);
            c41.Store(c + n);
            if (last < 5)
                break;
            c += cRow;
            c50.Store(c);
            c51.Store(c + n);
            if (last < 6)
                break;
            c += cRow;
            c60.Store(c);
            c61.Store(c + n);
            if (last < 7)
                break;
            c += cRow;
            c70.Store(c);
            c71.Store(c + n);
        }
    }

    /// <summary>The vector of columns from <paramref name="column"/> on, all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product1<V>(in Operands p, int column) where V : struct, ISimd<V>
    {
        nint step = p.AStep, bStep = p.BStep, innerJump = p.InnerJump, outerJump = p.OuterJump, startRow = p.StartRow, cRow = p.CRow;
        int length = p.Length, inner = p.Inner, outer = p.Outer;
        var next = p.First;
        for (var row = 0; row < p.Rows; row += TileRows)
        {
            // Rows past the end repeat the last one; they are computed and not stored.
            var last = p.Rows - row - 1;
            var s = p.Start + column + row * startRow;
            var a0 = next.Address;
            V c0 = V.Load(s);
            var a1 = a0;
            if (last >= 1)
            {
                next.Advance(p);
                a1 = next.Address;
                s += startRow;
            }
            V c1 = V.Load(s);
            var a2 = a1;
            if (last >= 2)
            {
                next.Advance(p);
                a2 = next.Address;
                s += startRow;
            }
            V c2 = V.Load(s);
            var a3 = a2;
            if (last >= 3)
            {
                next.Advance(p);
                a3 = next.Address;
                s += startRow;
            }
            V c3 = V.Load(s);
            var a4 = a3;
            if (last >= 4)
            {
                next.Advance(p);
                a4 = next.Address;
                s += startRow;
            }
            V c4 = V.Load(s);
            var a5 = a4;
            if (last >= 5)
            {
                next.Advance(p);
                a5 = next.Address;
                s += startRow;
            }
            V c5 = V.Load(s);
            var a6 = a5;
            if (last >= 6)
            {
                next.Advance(p);
                a6 = next.Address;
                s += startRow;
            }
            V c6 = V.Load(s);
            var a7 = a6;
            if (last >= 7)
            {
                next.Advance(p);
                a7 = next.Address;
                s += startRow;
            }
            V c7 = V.Load(s);
            next.Advance(p);

            var b = p.B + column;
            nint at = 0;
            for (var i = outer; i > 0; i--, at += outerJump)
                for (var j = inner; j > 0; j--, at += innerJump)
                    for (var k = length; k > 0; k--)
                    {
                        var b0 = V.Load(b);
                        c0 = V.Fma(a0[at], b0, c0);
                        c1 = V.Fma(a1[at], b0, c1);
                        c2 = V.Fma(a2[at], b0, c2);
                        c3 = V.Fma(a3[at], b0, c3);
                        c4 = V.Fma(a4[at], b0, c4);
                        c5 = V.Fma(a5[at], b0, c5);
                        c6 = V.Fma(a6[at], b0, c6);
                        c7 = V.Fma(a7[at], b0, c7);
                        b += bStep;
                        at += step;
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

    /// <summary>A product's matrices; all steps and jumps are counted in floats.</summary>
    /// <param name="rows">Rows of A and C.</param>
    public struct Operands(int rows)
    {
        public readonly int Rows = rows;

        /// <summary>Where the rows of A begin.</summary>
        public required RowPlace First;

        /// <summary>From one row of A to the next; rows of a run; and what is added from its last row to the first of the next run.</summary>
        public required nint ARow;

        /// <inheritdoc cref="ARow"/>
        public required int RowsOfRun;

        /// <inheritdoc cref="ARow"/>
        public required nint RowJump;

        /// <summary>Terms come in <c>Outer</c> × <c>Inner</c> runs of <c>Length</c>.</summary>
        public required int Outer, Inner, Length;

        /// <summary>From one term of A to the next in a run, and what is added behind each run, and behind the last of <c>Inner</c> more.</summary>
        public required nint AStep, InnerJump, OuterJump;

        /// <summary>B(k, j) = B[k·BStep + j], k counting all terms.</summary>
        public required float* B;

        /// <inheritdoc cref="B"/>
        public required nint BStep;

        /// <summary>What the sums start from: biases (StartRow = 0), zeros, or C itself, to add to it.</summary>
        public required float* Start;

        /// <inheritdoc cref="Start"/>
        public required nint StartRow;

        /// <summary>C(r, j) = C[r·CRow + j].</summary>
        public required float* C;

        /// <inheritdoc cref="C"/>
        public required nint CRow;
    }

    /// <summary>A row of A.</summary>
    /// <param name="address">Its first term.</param>
    /// <param name="within">Its number within its run.</param>
    public struct RowPlace(float* address, int within = 0)
    {
        public float* Address = address;
        int _within = within;

        /// <summary>Goes to the next row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Advance(in Operands p)
        {
            Address += p.ARow;
            if (++_within < p.RowsOfRun)
                return;
            _within = 0;
            Address += p.RowJump;
        }
    }
}
