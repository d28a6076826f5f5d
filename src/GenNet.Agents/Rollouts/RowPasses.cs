namespace GenNet.Agents;

/// <summary>Passes over rows, one after another, in pieces; how many pieces does not show in what comes of them.</summary>
/// <param name="passes">The passes.</param>
sealed class RowPasses(RowPass[] passes)
{
    int _pass, _row;

    /// <summary>Whether all have been gone through.</summary>
    public bool AreDone => _pass == passes.Length;

    /// <summary>Begins with the first.</summary>
    public void Begin() => (_pass, _row) = (0, 0);

    /// <summary>Goes on by some pieces of a pass.</summary>
    /// <returns>Whether all have been gone through.</returns>
    public bool Advance(int pieces)
    {
        var pass = passes[_pass];
        var end = (int)Math.Min(pass.Rows, _row + (long)pieces * pass.AtOnce);
        pass.Run(_row, end);
        _row = end;
        if (end < pass.Rows)
            return false;
        pass.End?.Invoke();
        (_pass, _row) = (_pass + 1, 0);
        return AreDone;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_pass);
        writer.Write(_row);
    }

    public void Load(BinaryReader reader) => (_pass, _row) = (reader.ReadInt32(), reader.ReadInt32());
}
