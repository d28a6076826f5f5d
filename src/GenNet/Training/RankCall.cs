namespace GenNet;

/// <summary>In which call a rank meets the others.</summary>
enum RankCall
{
    /// <summary>A step.</summary>
    Step,

    /// <summary>Gradients that are kept.</summary>
    Backward,

    /// <summary>Gradients of a part of a batch, which are kept.</summary>
    Accumulate,

    /// <summary>A batch's outputs, as in training.</summary>
    Forward,

    /// <summary>A batch's outputs, as the network itself has them.</summary>
    Inference,

    /// <summary>Gradients of inputs and of nothing else.</summary>
    BackwardToInputs,

    /// <summary>The comparison before the first step.</summary>
    Comparison,

    /// <summary>A round of a fit's validation.</summary>
    Validation,

    /// <summary>The end of an epoch, to which units are counted.</summary>
    EndOfEpoch,

    /// <summary>The end of a fit.</summary>
    EndOfFit,
}
