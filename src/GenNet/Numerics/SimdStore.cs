using System.Runtime.CompilerServices;

namespace GenNet.Simd;

/// <summary>Writes vectors to memory.</summary>
public static class SimdStore
{
    /// <summary>
    /// Writes the vector. An extension, because a method of the vector itself would take its address: the JIT then keeps a copy of an accumulator apart for each
    /// multiply-add, and makes two or three instructions of a multiply-add that reads memory.
    /// </summary>
    /// <param name="value">The vector.</param>
    /// <param name="target">Where it is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<V>(this V value, float* target) where V : struct, ISimd<V> => V.Store(value, target);
}
