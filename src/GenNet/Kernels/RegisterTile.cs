using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using GenNet.Simd;

namespace GenNet.Kernels;

/// <summary>
/// The inner kernel of every product in a dense layer: C(r, j) = start(r, j) + Σₖ A(r, k)·B(k, j),
/// summed in order of k by fused multiply-adds, so that each element has the same bits whatever the tile's shape and the vector's width.
/// </summary>
/// <remarks>
/// <code>
///                     B  k ↓  ░░░░░░░░ ░░░░░░░░      one or two vectors, read in order
///   A  r ↓ k →   ▪ ▪ ▪ ▪ ▪    ████████ ████████ C    every element of A is broadcast,
///                ▪ ▪ ▪ ▪ ▪    ████████ ████████      C stays in registers
/// </code>
/// Forward: A = activations, B = weights. Weight gradient: A = activations, transposed by its strides, B = deltas.
/// Input gradient: A = deltas, B = transposed weights.
/// </remarks>
[SkipLocalsInit]
static unsafe class RegisterTile
{
    /// <summary>The two vectors of columns from <paramref name="column"/> on, rows from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product2<V, TFetch, TRows>(in Operands p, int column, int first, int end)
        where V : struct, ISimd<V>
        where TFetch : struct
        where TRows : struct, ITileRows
    {
        var n = V.Count;
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep, startRow = p.StartRow, cRow = p.CRow;
        var depth = p.Depth;
        var adds = p.Factor != 0;
        for (var row = first; row < end; row += TRows.Count)
        {
            // Rows past the end repeat the last one; they are computed and not stored.
            var last = end - row - 1;
            var a0 = p.A + row * aRow;
            var s = p.Start + column + row * startRow;
            V c00 = V.Load(s), c01 = V.Load(s + n);
            var a1 = a0;
            if (last >= 1)
            {
                a1 += aRow;
                s += startRow;
            }
            V c10 = V.Load(s), c11 = V.Load(s + n);
            V c20 = default, c21 = default, c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
            V c60 = default, c61 = default, c70 = default, c71 = default;
            float* a2 = a1, a3 = a1;
            if (typeof(TRows) != typeof(Two))
            {
                if (last >= 2)
                {
                    a2 += aRow;
                    s += startRow;
                }
                c20 = V.Load(s);
                c21 = V.Load(s + n);
                a3 = a2;
                if (last >= 3)
                {
                    a3 += aRow;
                    s += startRow;
                }
                c30 = V.Load(s);
                c31 = V.Load(s + n);
            }
            float* a4 = a3, a5 = a3;
            if (typeof(TRows) != typeof(Two) && typeof(TRows) != typeof(Four))
            {
                if (last >= 4)
                {
                    a4 += aRow;
                    s += startRow;
                }
                c40 = V.Load(s);
                c41 = V.Load(s + n);
                a5 = a4;
                if (last >= 5)
                {
                    a5 += aRow;
                    s += startRow;
                }
                c50 = V.Load(s);
                c51 = V.Load(s + n);
            }
            float* a6 = a5, a7 = a5;
            if (typeof(TRows) == typeof(Whole<V>) && V.TileRows > 6)
            {
                if (last >= 6)
                {
                    a6 += aRow;
                    s += startRow;
                }
                c60 = V.Load(s);
                c61 = V.Load(s + n);
                a7 = a6;
                if (last >= 7)
                {
                    a7 += aRow;
                    s += startRow;
                }
                c70 = V.Load(s);
                c71 = V.Load(s + n);
            }

            var b = p.B + column;
            nint ka = 0;
            var fetch = p.Fetch(row / TRows.Count, out var fetchStep);
            for (var k = depth; k > 0; k--)
            {
                if (typeof(TFetch) == typeof(Fetching) && Sse.IsSupported)
                {
                    Sse.Prefetch1(fetch);
                    fetch += fetchStep;
                }
                V b0 = V.Load(b), b1 = V.Load(b + n);
                b += bStep;
                var x = V.Splat(a0[ka]);
                c00 = V.Fma(x, b0, c00);
                c01 = V.Fma(x, b1, c01);
                x = V.Splat(a1[ka]);
                c10 = V.Fma(x, b0, c10);
                c11 = V.Fma(x, b1, c11);
                if (typeof(TRows) != typeof(Two))
                {
                    x = V.Splat(a2[ka]);
                    c20 = V.Fma(x, b0, c20);
                    c21 = V.Fma(x, b1, c21);
                    x = V.Splat(a3[ka]);
                    c30 = V.Fma(x, b0, c30);
                    c31 = V.Fma(x, b1, c31);
                }
                if (typeof(TRows) != typeof(Two) && typeof(TRows) != typeof(Four))
                {
                    x = V.Splat(a4[ka]);
                    c40 = V.Fma(x, b0, c40);
                    c41 = V.Fma(x, b1, c41);
                    x = V.Splat(a5[ka]);
                    c50 = V.Fma(x, b0, c50);
                    c51 = V.Fma(x, b1, c51);
                }
                if (typeof(TRows) == typeof(Whole<V>) && V.TileRows > 6)
                {
                    x = V.Splat(a6[ka]);
                    c60 = V.Fma(x, b0, c60);
                    c61 = V.Fma(x, b1, c61);
                    x = V.Splat(a7[ka]);
                    c70 = V.Fma(x, b0, c70);
                    c71 = V.Fma(x, b1, c71);
                }
                ka += aStep;
            }

            var c = p.C + column + row * cRow;
            if (adds)
            {
                c00 = V.Fma(p.Factor, c00, V.Load(c));
                c01 = V.Fma(p.Factor, c01, V.Load(c + n));
            }
            c00.Store(c);
            c01.Store(c + n);
            if (last < 1)
                break;
            c += cRow;
            if (adds)
            {
                c10 = V.Fma(p.Factor, c10, V.Load(c));
                c11 = V.Fma(p.Factor, c11, V.Load(c + n));
            }
            c10.Store(c);
            c11.Store(c + n);
            if (typeof(TRows) == typeof(Two))
                continue;
            if (last < 2)
                break;
            c += cRow;
            if (adds)
            {
                c20 = V.Fma(p.Factor, c20, V.Load(c));
                c21 = V.Fma(p.Factor, c21, V.Load(c + n));
            }
            c20.Store(c);
            c21.Store(c + n);
            if (last < 3)
                break;
            c += cRow;
            if (adds)
            {
                c30 = V.Fma(p.Factor, c30, V.Load(c));
                c31 = V.Fma(p.Factor, c31, V.Load(c + n));
            }
            c30.Store(c);
            c31.Store(c + n);
            if (typeof(TRows) == typeof(Four))
                continue;
            if (last < 4)
                break;
            c += cRow;
            if (adds)
            {
                c40 = V.Fma(p.Factor, c40, V.Load(c));
                c41 = V.Fma(p.Factor, c41, V.Load(c + n));
            }
            c40.Store(c);
            c41.Store(c + n);
            if (last < 5)
                break;
            c += cRow;
            if (adds)
            {
                c50 = V.Fma(p.Factor, c50, V.Load(c));
                c51 = V.Fma(p.Factor, c51, V.Load(c + n));
            }
            c50.Store(c);
            c51.Store(c + n);
            if (typeof(TRows) == typeof(Six) || V.TileRows == 6)
                continue;
            if (last < 6)
                break;
            c += cRow;
            if (adds)
            {
                c60 = V.Fma(p.Factor, c60, V.Load(c));
                c61 = V.Fma(p.Factor, c61, V.Load(c + n));
            }
            c60.Store(c);
            c61.Store(c + n);
            if (last < 7)
                break;
            c += cRow;
            if (adds)
            {
                c70 = V.Fma(p.Factor, c70, V.Load(c));
                c71 = V.Fma(p.Factor, c71, V.Load(c + n));
            }
            c70.Store(c);
            c71.Store(c + n);
        }
    }

    /// <summary>The vector of columns from <paramref name="column"/> on, rows from <paramref name="first"/> on, each sum in parts that are merged in registers: see <see cref="PartialSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product1<V>(in Operands p, int column, int first, int parts) where V : struct, ISimd<V>
    {
        nint aStep = p.AStep, bStep = p.BStep, startRow = p.StartRow, cRow = p.CRow;
        int shortest = p.Depth / parts, longer = p.Depth % parts;
        for (var row = first; row < p.Rows; row += 8)
        {
            var last = Math.Min(p.Rows - row, 8) - 1;
            nint r1 = Math.Min(1, last), r2 = Math.Min(2, last), r3 = Math.Min(3, last), r4 = Math.Min(4, last);
            nint r5 = Math.Min(5, last), r6 = Math.Min(6, last), r7 = last;
            var a0 = p.A + row * p.ARow;
            var a1 = a0 + r1 * p.ARow;
            var a2 = a0 + r2 * p.ARow;
            var a3 = a0 + r3 * p.ARow;
            var a4 = a0 + r4 * p.ARow;
            var a5 = a0 + r5 * p.ARow;
            var a6 = a0 + r6 * p.ARow;
            var a7 = a0 + r7 * p.ARow;
            var b = p.B + column;
            nint ka = 0;
            var start = p.Start + column + row * startRow;
            var c0 = V.Load(start);
            var c1 = V.Load(start + r1 * startRow);
            var c2 = V.Load(start + r2 * startRow);
            var c3 = V.Load(start + r3 * startRow);
            var c4 = V.Load(start + r4 * startRow);
            var c5 = V.Load(start + r5 * startRow);
            var c6 = V.Load(start + r6 * startRow);
            var c7 = V.Load(start + r7 * startRow);
            V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            V t0 = default, t1 = default, t2 = default, t3 = default, t4 = default, t5 = default, t6 = default, t7 = default;
            V u0 = default, u1 = default, u2 = default, u3 = default, u4 = default, u5 = default, u6 = default, u7 = default;
            for (var part = 0; part < parts; part++)
            {
                for (var k = part < longer ? shortest + 1 : shortest; k > 0; k--)
                {
                    var b0 = V.Load(b);
                    b += bStep;
                    c0 = V.Fma(a0[ka], b0, c0);
                    c1 = V.Fma(a1[ka], b0, c1);
                    c2 = V.Fma(a2[ka], b0, c2);
                    c3 = V.Fma(a3[ka], b0, c3);
                    c4 = V.Fma(a4[ka], b0, c4);
                    c5 = V.Fma(a5[ka], b0, c5);
                    c6 = V.Fma(a6[ka], b0, c6);
                    c7 = V.Fma(a7[ka], b0, c7);
                    ka += aStep;
                }

                // s = p0 + p1, t = p2 + p3, s += t; t = p4 + p5, u = p6 + p7, t += u, s += t.
                if (part == 0)
                    (s0, s1, s2, s3, s4, s5, s6, s7) = (c0, c1, c2, c3, c4, c5, c6, c7);
                else if (part is 2 or 4)
                    (t0, t1, t2, t3, t4, t5, t6, t7) = (c0, c1, c2, c3, c4, c5, c6, c7);
                else if (part == 6)
                    (u0, u1, u2, u3, u4, u5, u6, u7) = (c0, c1, c2, c3, c4, c5, c6, c7);
                else if (part == 1)
                {
                    s0 += c0;
                    s1 += c1;
                    s2 += c2;
                    s3 += c3;
                    s4 += c4;
                    s5 += c5;
                    s6 += c6;
                    s7 += c7;
                }
                else
                {
                    if (part == 7)
                    {
                        c0 = u0 + c0;
                        c1 = u1 + c1;
                        c2 = u2 + c2;
                        c3 = u3 + c3;
                        c4 = u4 + c4;
                        c5 = u5 + c5;
                        c6 = u6 + c6;
                        c7 = u7 + c7;
                    }
                    t0 += c0;
                    t1 += c1;
                    t2 += c2;
                    t3 += c3;
                    t4 += c4;
                    t5 += c5;
                    t6 += c6;
                    t7 += c7;
                    if (part != 5)
                    {
                        s0 += t0;
                        s1 += t1;
                        s2 += t2;
                        s3 += t3;
                        s4 += t4;
                        s5 += t5;
                        s6 += t6;
                        s7 += t7;
                    }
                }
                c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = V.Zero;
            }

            var c = p.C + column + row * cRow;
            s0.Store(c);
            if (last < 1)
                break;
            s1.Store(c + 1 * cRow);
            if (last < 2)
                break;
            s2.Store(c + 2 * cRow);
            if (last < 3)
                break;
            s3.Store(c + 3 * cRow);
            if (last < 4)
                break;
            s4.Store(c + 4 * cRow);
            if (last < 5)
                break;
            s5.Store(c + 5 * cRow);
            if (last < 6)
                break;
            s6.Store(c + 6 * cRow);
            if (last < 7)
                break;
            s7.Store(c + 7 * cRow);
        }
    }

    /// <summary>The vector of columns from <paramref name="column"/> on, of eight rows at a time, each sum in one part: few pointers, which stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void EightRows<V>(in Operands p, int column, int rows) where V : struct, ISimd<V>
    {
        nint aRow = p.ARow, aStep = p.AStep, bStep = p.BStep;
        float* a = p.A, start = p.Start + column, c = p.C + column;
        for (; rows > 0; rows -= 8)
        {
            float* a0 = a, a3 = a + 3 * aRow, a6 = a3 + 3 * aRow;
            nint startRow = p.StartRow;
            float* start3 = start + 3 * startRow, start6 = start3 + 3 * startRow;
            var c0 = V.Load(start);
            var c1 = V.Load(start + startRow);
            var c2 = V.Load(start + 2 * startRow);
            var c3 = V.Load(start3);
            var c4 = V.Load(start3 + startRow);
            var c5 = V.Load(start3 + 2 * startRow);
            var c6 = V.Load(start6);
            var c7 = V.Load(start6 + startRow);
            var b = p.B + column;
            for (var k = p.Depth; k > 0; k--)
            {
                var b0 = V.Load(b);
                b += bStep;
                c0 = V.Fma(*a0, b0, c0);
                c1 = V.Fma(a0[aRow], b0, c1);
                c2 = V.Fma(a0[2 * aRow], b0, c2);
                a0 += aStep;
                c3 = V.Fma(*a3, b0, c3);
                c4 = V.Fma(a3[aRow], b0, c4);
                c5 = V.Fma(a3[2 * aRow], b0, c5);
                a3 += aStep;
                c6 = V.Fma(*a6, b0, c6);
                c7 = V.Fma(a6[aRow], b0, c7);
                a6 += aStep;
            }
            nint cRow = p.CRow;
            float* t3 = c + 3 * cRow, t6 = t3 + 3 * cRow;
            c0.Store(c);
            c1.Store(c + cRow);
            c2.Store(c + 2 * cRow);
            c3.Store(t3);
            c4.Store(t3 + cRow);
            c5.Store(t3 + 2 * cRow);
            c6.Store(t6);
            c7.Store(t6 + cRow);
            a += 8 * aRow;
            start += 8 * startRow;
            c += 8 * cRow;
        }
    }

    /// <summary>A product's matrices; rows and steps are counted in floats.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="depth">Terms of each sum.</param>
    public struct Operands(int rows, int depth)
    {
        public readonly int Rows = rows;
        public readonly int Depth = depth;

        /// <summary>A(r, k) = A[r·ARow + k·AStep].</summary>
        public required float* A;
        public required nint ARow, AStep;

        /// <summary>B(k, j) = B[k·BStep + j].</summary>
        public required float* B;
        public required nint BStep;

        /// <summary>What the sums start from: biases (StartRow = 0), zeros, or C itself, to add to it.</summary>
        public required float* Start;
        public required nint StartRow;

        /// <summary>C(r, j) = C[r·CRow + j].</summary>
        public required float* C;
        public required nint CRow;

        /// <summary>
        /// Memory that the first rows of tiles fetch into the second-level cache, one each, and floats of it for each of their terms, or zero:
        /// what is read soon, and lies in the third-level cache. Products of 32 columns, and in one part, only.
        /// </summary>
        public float* Fetch0, Fetch1, Fetch2;

        /// <inheritdoc cref="Fetch0"/>
        public nint FetchStep;

        /// <summary>What the sums are multiplied by before they are added to C, or zero, if C becomes the sums. Products of 32 columns, and in one part, only.</summary>
        public float Factor;

        /// <summary>What row <paramref name="row"/> of the tiles fetches: some operand again if nothing.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly float* Fetch(int row, out nint step)
        {
            var memory = row switch { 0 => Fetch0, 1 => Fetch1, 2 => Fetch2, _ => null };
            step = memory == null ? 0 : FetchStep;
            return memory == null ? B : memory;
        }
    }

    /// <summary>Has the JIT compile the products of two vectors of columns and of one: of no rows, they do nothing.</summary>
    public static void Prepare()
    {
        var none = new Operands(0, 0) { A = null, ARow = 0, AStep = 0, B = null, BStep = 0, Start = null, StartRow = 0, C = null, CRow = 0 };
        Product(none, PanelLayout.Width);
        Product(none, Math.Max(4, SimdWidth.Bits / 32));
    }

    /// <summary>Marks the tile that fetches memory: code of its own, because even an instruction that fetches nothing would cost the others a hundredth.</summary>
    readonly struct Fetching;

    readonly struct NotFetching;

    /// <summary>The product over <paramref name="width"/> columns, 4, 8, 16 or 32, each sum in <paramref name="parts"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product(in Operands operands, int width, int parts = 1)
    {
        // They are their caller's variable: not copied, and nothing to pin.
        Vectors.Run(new ProductWork((Operands*)Unsafe.AsPointer(ref Unsafe.AsRef(in operands)), width, parts), width);
    }

    readonly struct ProductWork(Operands* operands, int width, int parts) : IVectorWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ISimd<V> => Product<V>(*operands, width, parts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static void Product<V>(in Operands operands, int width, int parts) where V : struct, ISimd<V>
    {
        // The operands are not copied: a copy would wait until the fields just written have reached the cache.
        var pairs = parts == 1 && width >= 2 * V.Count;
        for (var column = 0; column < width; column += pairs ? 2 * V.Count : V.Count)
        {
            if (pairs)
                Product2<V>(operands, column);
            else
                Product1<V>(operands, column, parts);
        }
    }

    /// <summary>The two vectors of columns from <paramref name="column"/> on: whole tiles, and for few rows behind them a lower one, because a tile costs what all of its rows do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Product2<V>(in Operands p, int column) where V : struct, ISimd<V>
    {
        var few = p.Rows % V.TileRows;
        if (few > V.TileRows - 2)
            few = 0;
        var whole = p.Rows - few;
        if (whole > 0 && p.FetchStep != 0)
            Product2<V, Fetching, Whole<V>>(p, column, 0, whole);
        else if (whole > 0 || few == 0)
            Product2<V, NotFetching, Whole<V>>(p, column, 0, whole);
        if (few > 4)
            Product2<V, NotFetching, Six>(p, column, whole, p.Rows);
        else if (few > 2)
            Product2<V, NotFetching, Four>(p, column, whole, p.Rows);
        else if (few > 0)
            Product2<V, NotFetching, Two>(p, column, whole, p.Rows);
    }

    /// <summary>The vector of columns from <paramref name="column"/> on: whole tiles, where sums are in one part, and what is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Product1<V>(in Operands p, int column, int parts) where V : struct, ISimd<V>
    {
        // Of no rows both are called, to be compiled.
        var whole = parts == 1 ? p.Rows & -8 : 0;
        if (whole > 0 || p.Rows == 0)
            EightRows<V>(p, column, whole);
        if (whole < p.Rows || p.Rows == 0)
            Product1<V>(p, column, whole, parts);
    }

    /// <summary>Rows of a tile, a constant of its code. What depends on it asks for the type: the JIT reads no line of what a type rules out, while a number would come too late.</summary>
    interface ITileRows
    {
        static abstract int Count { get; }
    }

    /// <summary>As many as fit the registers.</summary>
    readonly struct Whole<V> : ITileRows where V : struct, ISimd<V>
    {
        public static int Count => V.TileRows;
    }

    readonly struct Six : ITileRows
    {
        public static int Count => 6;
    }

    readonly struct Four : ITileRows
    {
        public static int Count => 4;
    }

    readonly struct Two : ITileRows
    {
        public static int Count => 2;
    }
}
