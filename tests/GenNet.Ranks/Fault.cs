namespace GenNet.Ranks;

/// <summary>What may go wrong on one rank.</summary>
enum Fault
{
    /// <summary>It has other data.</summary>
    Data,

    /// <summary>It has other weights.</summary>
    Weights,

    /// <summary>It has other settings.</summary>
    Settings,

    /// <summary>It stands still.</summary>
    Stall,

    /// <summary>It throws an exception.</summary>
    Exception,

    /// <summary>It gives a step a label that is no class.</summary>
    Label,

    /// <summary>It ends without a word.</summary>
    Kill,

    /// <summary>It leaves the program, as if all were well.</summary>
    Exit,

    /// <summary>A callback stops the fit.</summary>
    Stop,

    /// <summary>A weight becomes no number.</summary>
    Diverge,
}
