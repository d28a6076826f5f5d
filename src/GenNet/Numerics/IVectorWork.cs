namespace GenNet.Simd;

/// <summary>Work that is written once for every vector width, with what it works on: see <see cref="Vectors.Run{TWork}"/>.</summary>
interface IVectorWork
{
    /// <summary>Does it with vectors of one width.</summary>
    void Run<V>() where V : struct, ISimd<V>;
}
