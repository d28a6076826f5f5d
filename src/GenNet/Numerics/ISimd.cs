using System.ComponentModel;

namespace GenNet.Simd;

/// <summary>
/// A vector of <see cref="Count"/> floats: what kernels, activations, losses and optimisers are written against, once for every width.
/// </summary>
/// <remarks>
/// Every operation is exact to the bit on every width: IEEE operations, and comparisons whose treatment of NaN is stated.
/// There is no estimate instruction and no reduction across lanes here, because either would tie results to the hardware.
/// What kernels use most stands last, because the runtime looks members up from the last to the first for each call that the JIT compiles.
/// </remarks>
/// <typeparam name="TSelf">The vector type itself.</typeparam>
public interface ISimd<TSelf> where TSelf : struct, ISimd<TSelf>
{
    /// <summary>Rows of the register tile that this width's register file holds beside two columns of vectors.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract int TileRows { get; }

    /// <summary>Reads a vector, aligned or not, at <paramref name="offset"/> floats from <paramref name="source"/>.</summary>
    static abstract TSelf Load(ref readonly float source, nint offset);

    /// <summary>Reads a vector that has just been written four floats at a time: read whole, it would wait until they are in the cache.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe TSelf LoadFours(float* source);

    /// <summary>
    /// Reads the first four columns of as many rows as the vector has floats, rows past number <paramref name="last"/> like it.
    /// One call instead of thirty, as <see cref="MultiplyAdd(ref readonly float, nint, ref readonly float, nint, TSelf)"/>.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe void LoadColumns(float* rows, nint stride, int last, out TSelf c0, out TSelf c1, out TSelf c2, out TSelf c3);

    /// <summary>One float of a vector, without memory between.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract float Lane(TSelf vector, int lane);

    /// <summary>Reads integers and makes floats of them, rounded to the nearest, ties to even.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe TSelf ConvertToSingle(int* integers);

    /// <summary>Writes the integers that numbers within their range have before the point.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe void ConvertToInt32(TSelf value, int* target);

    /// <summary>All bits set in the lanes whose bit is set, lane 0 having the lowest; none in the others.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TSelf LanesOf(uint bits);

    /// <summary>Adds <paramref name="factor"/>·(<paramref name="scalar"/>·<paramref name="vector"/> + 0), each rounded as an <see cref="Fma(TSelf, TSelf, TSelf)"/>, to the vector at <paramref name="target"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe void AddProduct(TSelf factor, float scalar, TSelf vector, float* target);

    /// <summary>Writes the vector at <paramref name="offset"/> floats from <paramref name="target"/>.</summary>
    void Store(ref float target, nint offset);

    /// <summary>Writes a vector: by value, see <see cref="SimdStore"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract unsafe void Store(TSelf value, float* target);

    /// <summary>Quotient, correctly rounded.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>
    /// (the float at <paramref name="index"/> from <paramref name="scalars"/>)·(the vector at <paramref name="offset"/> from <paramref name="vectors"/>)
    /// + <paramref name="addend"/>, as <see cref="Fma(TSelf, TSelf, TSelf)"/>. One call instead of three: long straight-line code stays within what the JIT inlines.
    /// </summary>
    static abstract TSelf MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, TSelf addend);

    /// <summary>The same for two vectors one behind the other, for which the float is read once: two loads a cycle are what limits a small layer.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract void MultiplyAdd(ref readonly float scalars, nint index, ref readonly float vectors, nint offset, ref TSelf first, ref TSelf second);

    /// <summary>The larger of the two; <paramref name="right"/> where either is NaN or both are zero.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of the two; <paramref name="right"/> where either is NaN or both are zero.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The value, or the bound it is beyond; NaN stays NaN.</summary>
    static abstract TSelf Clamp(TSelf value, float least, float most);

    /// <summary>Magnitude: the sign bit cleared.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>Square root, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>All bits set in the lanes where <paramref name="left"/> &gt; <paramref name="right"/>; none where either is NaN.</summary>
    static abstract TSelf Greater(TSelf left, TSelf right);

    /// <summary>All bits set in the lanes where the two are equal; none where either is NaN.</summary>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>Lane by lane <paramref name="whenSet"/> where the mask is set, else <paramref name="whenClear"/>. The mask's lanes hold all bits or none.</summary>
    static abstract TSelf Select(TSelf mask, TSelf whenSet, TSelf whenClear);

    /// <summary>2 to the power of n + <paramref name="more"/>, a normal float; the lanes of <paramref name="rounded"/> are n + 1.5·2²³, n an integer.</summary>
    static abstract TSelf PowerOfTwo(TSelf rounded, int more);

    /// <summary>(1 + <paramref name="value"/>)·2ⁿ for n from −252 to 254: two factors, of which neither overflows; the lanes of <paramref name="rounded"/> are n + 1.5·2²³.</summary>
    static abstract TSelf ScaleOnePlus(TSelf value, TSelf rounded);

    /// <summary>value = 2ⁿ·m for a positive normal value: returns m, from √½ to √2, and the integer n.</summary>
    static abstract TSelf Mantissa(TSelf value, out TSelf exponent);

    /// <summary>Floats a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads a vector, aligned or not.</summary>
    static abstract unsafe TSelf Load(float* source);

    /// <summary>All lanes set to <paramref name="value"/>.</summary>
    static abstract TSelf Splat(float value);

    /// <summary>All lanes set to the float at <paramref name="source"/>: one instruction, where a float that is read first takes two.</summary>
    static abstract unsafe TSelf Splat(float* source);

    /// <summary>All lanes zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>All bits set in the first <paramref name="count"/> lanes, none in the others.</summary>
    static abstract TSelf FirstLanes(int count);

    /// <summary>Sum.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Sum with a number.</summary>
    static abstract TSelf operator +(TSelf left, float right);

    /// <summary>Difference.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Difference to a number.</summary>
    static abstract TSelf operator -(TSelf left, float right);

    /// <summary>Negation: the sign bit flipped.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>Product.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>Product with a number.</summary>
    static abstract TSelf operator *(float left, TSelf right);

    /// <summary><paramref name="left"/>·<paramref name="right"/> + <paramref name="addend"/>, rounded once; rounded twice on hardware that has no fused multiply-add.</summary>
    static abstract TSelf Fma(TSelf left, TSelf right, TSelf addend);

    /// <summary>
    /// <paramref name="left"/>·(the vector at <paramref name="right"/>) + <paramref name="addend"/>. The JIT makes one instruction of it;
    /// of a load and an <see cref="Fma(TSelf, TSelf, TSelf)"/>, whose wrapped vectors it does not see through, it makes three.
    /// </summary>
    static abstract unsafe TSelf Fma(TSelf left, float* right, TSelf addend);

    /// <summary>A number's <see cref="Fma(TSelf, TSelf, TSelf)"/>.</summary>
    static abstract TSelf Fma(float left, TSelf right, TSelf addend);

    /// <summary><see cref="Fma(TSelf, TSelf, TSelf)"/> of two numbers: <paramref name="left"/>·x + <paramref name="addend"/>.</summary>
    static abstract TSelf Fma(float left, TSelf right, float addend);
}
