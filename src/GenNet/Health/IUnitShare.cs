namespace GenNet;

/// <summary>Tells all ranks which units were positive on one of them.</summary>
interface IUnitShare
{
    /// <summary>The ranks meet: all throw where one cannot go on.</summary>
    void Begin();

    /// <summary>Joins what was seen.</summary>
    /// <param name="positive">[units] other than 0 where a unit was positive on this rank; on any of them, written. In memory that does not move.</param>
    void Join(Span<byte> positive);
}
