using System.Runtime.CompilerServices;
using GenNet.Activations;
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
        var places = stackalloc float*[TileRows];
        for (var row = 0; row < p.Rows; row += TileRows)
        {
            // Rows past the end repeat the last one; they are computed and not stored.
            var last = Math.Min(TileRows, p.Rows - row) - 1;
            next.Take(p, last, places);
            float* a0 = places[0], a1 = places[1], a2 = places[2], a3 = places[3], a4 = places[4], a5 = places[5], a6 = places[6], a7 = places[7];
            var s = p.Start + column + row * startRow;
            V c00 = V.Load(s), c01 = V.Load(s + n);
            s += last >= 1 ? startRow : 0;
            V c10 = V.Load(s), c11 = V.Load(s + n);
            s += last >= 2 ? startRow : 0;
            V c20 = V.Load(s), c21 = V.Load(s + n);
            s += last >= 3 ? startRow : 0;
            V c30 = V.Load(s), c31 = V.Load(s + n);
            s += last >= 4 ? startRow : 0;
            V c40 = V.Load(s), c41 = V.Load(s + n);
            s += last >= 5 ? startRow : 0;
            V c50 = V.Load(s), c51 = V.Load(s + n);
            s += last >= 6 ? startRow : 0;
            V c60 = V.Load(s), c61 = V.Load(s + n);
            s += last >= 7 ? startRow : 0;
            V c70 = V.Load(s), c71 = V.Load(s + n);

            var b = p.B + column;
            nint at = 0;
            for (var i = outer; i > 0; i--, at += outerJump)
                for (var j = inner; j > 0; j--, at += innerJump)
                    for (var k = length; k > 0; k--)
                    {
                        V b0 = V.Load(b), b1 = V.Load(b + n);
                        var x = V.Splat(a0 + at);
                        c00 = V.Fma(x, b0, c00);
                        c01 = V.Fma(x, b1, c01);
                        x = V.Splat(a1 + at);
                        c10 = V.Fma(x, b0, c10);
                        c11 = V.Fma(x, b1, c11);
                        x = V.Splat(a2 + at);
                        c20 = V.Fma(x, b0, c20);
                        c21 = V.Fma(x, b1, c21);
                        x = V.Splat(a3 + at);
                        c30 = V.Fma(x, b0, c30);
                        c31 = V.Fma(x, b1, c31);
                        x = V.Splat(a4 + at);
                        c40 = V.Fma(x, b0, c40);
                        c41 = V.Fma(x, b1, c41);
                        x = V.Splat(a5 + at);
                        c50 = V.Fma(x, b0, c50);
                        c51 = V.Fma(x, b1, c51);
                        x = V.Splat(a6 + at);
                        c60 = V.Fma(x, b0, c60);
                        c61 = V.Fma(x, b1, c61);
                        x = V.Splat(a7 + at);
                        c70 = V.Fma(x, b0, c70);
                        c71 = V.Fma(x, b1, c71);
                        b += bStep;
                        at += step;
                    }

            if (p.Rectifies)
            {
                c00 = ReLU.Apply(c00);
                c01 = ReLU.Apply(c01);
                c10 = ReLU.Apply(c10);
                c11 = ReLU.Apply(c11);
                c20 = ReLU.Apply(c20);
                c21 = ReLU.Apply(c21);
                c30 = ReLU.Apply(c30);
                c31 = ReLU.Apply(c31);
                c40 = ReLU.Apply(c40);
                c41 = ReLU.Apply(c41);
                c50 = ReLU.Apply(c50);
                c51 = ReLU.Apply(c51);
                c60 = ReLU.Apply(c60);
                c61 = ReLU.Apply(c61);
                c70 = ReLU.Apply(c70);
                c71 = ReLU.Apply(c71);
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
        var places = stackalloc float*[TileRows];
        for (var row = 0; row < p.Rows; row += TileRows)
        {
            // Sixteen sums need more registers than there are without AVX-512.
            if (SimdWidth.Bits == 512 && p.Rows - row >= 16)
                row = SixteenRows<V>(p, column, ref next, row);
            if (row >= p.Rows)
                break;

            // Rows past the end repeat the last one; they are computed and not stored.
            var last = Math.Min(TileRows, p.Rows - row) - 1;
            next.Take(p, last, places);
            float* a0 = places[0], a1 = places[1], a2 = places[2], a3 = places[3], a4 = places[4], a5 = places[5], a6 = places[6], a7 = places[7];
            var s = p.Start + column + row * startRow;
            var c0 = V.Load(s);
            s += last >= 1 ? startRow : 0;
            var c1 = V.Load(s);
            s += last >= 2 ? startRow : 0;
            var c2 = V.Load(s);
            s += last >= 3 ? startRow : 0;
            var c3 = V.Load(s);
            s += last >= 4 ? startRow : 0;
            var c4 = V.Load(s);
            s += last >= 5 ? startRow : 0;
            var c5 = V.Load(s);
            s += last >= 6 ? startRow : 0;
            var c6 = V.Load(s);
            s += last >= 7 ? startRow : 0;
            var c7 = V.Load(s);

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

    /// <summary>The vector of columns from <paramref name="column"/> on, sixteen rows at a time: as many sums as the hardware works on at once. Rows lie in fours.</summary>
    /// <returns>The rows done: all but the last few, and those from the first four on that a run's end divides.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static int SixteenRows<V>(in Operands p, int column, ref RowPlace next, int row) where V : struct, ISimd<V>
    {
        nint step = p.AStep, bStep = p.BStep, innerJump = p.InnerJump, outerJump = p.OuterJump, startRow = p.StartRow, cRow = p.CRow;
        int length = p.Length, inner = p.Inner, outer = p.Outer;
        nint row1 = p.ARow, row2 = 2 * row1, row3 = 3 * row1;
        for (; row + 16 <= p.Rows && next.TakeFours(p, out var a0, out var a4, out var a8, out var a12); row += 16)
        {
            var s = p.Start + column + row * startRow;
            var c0 = V.Load(s);
            var c1 = V.Load(s + startRow);
            var c2 = V.Load(s + 2 * startRow);
            var c3 = V.Load(s + 3 * startRow);
            var c4 = V.Load(s + 4 * startRow);
            var c5 = V.Load(s + 5 * startRow);
            var c6 = V.Load(s + 6 * startRow);
            var c7 = V.Load(s + 7 * startRow);
            var c8 = V.Load(s + 8 * startRow);
            var c9 = V.Load(s + 9 * startRow);
            var c10 = V.Load(s + 10 * startRow);
            var c11 = V.Load(s + 11 * startRow);
            var c12 = V.Load(s + 12 * startRow);
            var c13 = V.Load(s + 13 * startRow);
            var c14 = V.Load(s + 14 * startRow);
            var c15 = V.Load(s + 15 * startRow);

            var b = p.B + column;
            for (var i = outer; i > 0; i--)
            {
                for (var j = inner; j > 0; j--)
                {
                    for (var k = length; k > 0; k--)
                    {
                        var b0 = V.Load(b);
                        c0 = V.Fma(*(a0), b0, c0);
                        c1 = V.Fma(*(a0 + row1), b0, c1);
                        c2 = V.Fma(*(a0 + row2), b0, c2);
                        c3 = V.Fma(*(a0 + row3), b0, c3);
                        c4 = V.Fma(*(a4), b0, c4);
                        c5 = V.Fma(*(a4 + row1), b0, c5);
                        c6 = V.Fma(*(a4 + row2), b0, c6);
                        c7 = V.Fma(*(a4 + row3), b0, c7);
                        c8 = V.Fma(*(a8), b0, c8);
                        c9 = V.Fma(*(a8 + row1), b0, c9);
                        c10 = V.Fma(*(a8 + row2), b0, c10);
                        c11 = V.Fma(*(a8 + row3), b0, c11);
                        c12 = V.Fma(*(a12), b0, c12);
                        c13 = V.Fma(*(a12 + row1), b0, c13);
                        c14 = V.Fma(*(a12 + row2), b0, c14);
                        c15 = V.Fma(*(a12 + row3), b0, c15);
                        b += bStep;
                        a0 += step;
                        a4 += step;
                        a8 += step;
                        a12 += step;
                    }
                    a0 += innerJump;
                    a4 += innerJump;
                    a8 += innerJump;
                    a12 += innerJump;
                }
                a0 += outerJump;
                a4 += outerJump;
                a8 += outerJump;
                a12 += outerJump;
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
                c8 = ReLU.Apply(c8);
                c9 = ReLU.Apply(c9);
                c10 = ReLU.Apply(c10);
                c11 = ReLU.Apply(c11);
                c12 = ReLU.Apply(c12);
                c13 = ReLU.Apply(c13);
                c14 = ReLU.Apply(c14);
                c15 = ReLU.Apply(c15);
            }

            var c = p.C + column + row * cRow;
            c0.Store(c);
            c1.Store(c + cRow);
            c2.Store(c + 2 * cRow);
            c3.Store(c + 3 * cRow);
            c4.Store(c + 4 * cRow);
            c5.Store(c + 5 * cRow);
            c6.Store(c + 6 * cRow);
            c7.Store(c + 7 * cRow);
            c8.Store(c + 8 * cRow);
            c9.Store(c + 9 * cRow);
            c10.Store(c + 10 * cRow);
            c11.Store(c + 11 * cRow);
            c12.Store(c + 12 * cRow);
            c13.Store(c + 13 * cRow);
            c14.Store(c + 14 * cRow);
            c15.Store(c + 15 * cRow);
        }
        return row;
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

        /// <summary>Whether <see cref="ReLU"/> follows, while the sums are in registers.</summary>
        public bool Rectifies;
    }

    /// <summary>A row of A.</summary>
    /// <param name="address">Its first term.</param>
    /// <param name="within">Its number within its run.</param>
    public struct RowPlace(float* address, int within = 0)
    {
        public float* Address = address;
        int _within = within;

        /// <summary>Takes four times four rows, if each four of them lie in a run.</summary>
        public bool TakeFours(in Operands p, out float* first, out float* second, out float* third, out float* fourth)
        {
            var next = this;
            var taken = next.TakeFour(p, out first) & next.TakeFour(p, out second) & next.TakeFour(p, out third) & next.TakeFour(p, out fourth);
            if (taken)
                this = next;
            return taken;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        bool TakeFour(in Operands p, out float* first)
        {
            first = Address;
            Address += 4 * p.ARow;
            _within += 4;
            if (_within < p.RowsOfRun)
                return true;
            Address += p.RowJump;
            var taken = _within == p.RowsOfRun;
            _within = 0;
            return taken;
        }

        /// <summary>Takes eight rows, those past number <paramref name="last"/> like it.</summary>
        /// <returns>Whether there are eight, and all lie in one run.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Take(in Operands p, int last, float** places)
        {
            var step = p.ARow;
            if (last == TileRows - 1 && _within + TileRows <= p.RowsOfRun)
            {
                for (var row = 0; row < TileRows; row++, Address += step)
                    places[row] = Address;
                _within += TileRows;
                if (_within == p.RowsOfRun)
                {
                    _within = 0;
                    Address += p.RowJump;
                }
                return true;
            }
            for (var row = 0; row < TileRows; row++)
            {
                places[row] = Address;
                if (row > last)
                {
                    places[row] = places[last];
                    continue;
                }
                Address += step;
                if (++_within < p.RowsOfRun)
                    continue;
                _within = 0;
                Address += p.RowJump;
            }
            return false;
        }
    }
}
