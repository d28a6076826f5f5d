using System.ComponentModel;

namespace GenNet.Runtime;

/// <summary>What generated code implements for <see cref="BatchForward"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowNetwork : INetwork
{
    /// <summary>Rows that a sample has at most: its positions.</summary>
    int Positions => 1;

    /// <summary>Whether some features are indices, and have to be looked at first.</summary>
    bool TakesIndices => false;

    /// <summary>Computes some rows and returns where their outputs lie.</summary>
    Rows Forward(in Rows x, Workspace workspace);
}
