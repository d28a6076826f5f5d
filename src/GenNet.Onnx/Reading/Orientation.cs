namespace GenNet.Onnx.Reading;

/// <summary>Which of two ways a value's axes lie; values of which one is computed from the other share that, or lie the one and the other way.</summary>
sealed class Orientation
{
    Orientation? _same;
    bool _isOther, _isKnown, _isTurned;

    /// <summary>Whether it is the second way; null where nothing tells.</summary>
    public bool? IsTurned
    {
        get
        {
            var (root, isOther) = Root();
            return root._isKnown ? root._isTurned ^ isOther : null;
        }
    }

    (Orientation Root, bool IsOther) Root()
    {
        var (root, isOther) = (this, false);
        while (root._same is { } next)
            (root, isOther) = (next, isOther ^ root._isOther);
        return (root, isOther);
    }

    /// <summary>Says which it is; false where that contradicts what is known.</summary>
    public bool Set(bool isTurned)
    {
        var (root, isOther) = Root();
        if (root._isKnown)
            return root._isTurned == (isTurned ^ isOther);
        (root._isKnown, root._isTurned) = (true, isTurned ^ isOther);
        return true;
    }

    /// <summary>Says that it is that of another value, or the other one; false where that contradicts what is known.</summary>
    public bool Join(Orientation value, bool isOther)
    {
        var ((root, flipped), (others, othersFlipped)) = (Root(), value.Root());
        var differ = flipped ^ othersFlipped ^ isOther;
        if (root == others)
            return !differ;
        if (others._isKnown && !root.Set(others._isTurned ^ differ))
            return false;
        (others._same, others._isOther) = (root, differ);
        return true;
    }
}
