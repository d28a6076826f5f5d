namespace GenNet;

/// <summary>Work on the values of a block in groups: see <see cref="ValueGroups"/>.</summary>
interface IGroupWork
{
    /// <summary>Begins a group of so many values.</summary>
    void Begin(int size);

    /// <summary>Works on values of the group that stand side by side.</summary>
    /// <param name="offset">Where they lie in the block.</param>
    /// <param name="first">The number of the first within the group.</param>
    /// <param name="count">How many.</param>
    void Apply(int offset, int first, int count);
}
