namespace GenNet;

/// <summary>What training minimises: a mean over the batch, as PyTorch's <c>reduction='mean'</c>.</summary>
public enum Loss
{
    /// <summary>Cross-entropy for softmax, binary cross-entropy for sigmoid, else mean squared error.</summary>
    Default,

    /// <summary>Mean over samples and outputs of (a − y)².</summary>
    MeanSquaredError,

    /// <summary>Mean over samples and outputs of |a − y|.</summary>
    MeanAbsoluteError,

    /// <summary>Mean over samples and outputs of ½(a − y)² where |a − y| ≤ 1, else |a − y| − ½.</summary>
    Huber,

    /// <summary>Mean over samples and outputs of −y·ln a − (1 − y)·ln(1 − a). With an identity output, a = sigmoid(z) is taken inside the loss (from logits).</summary>
    BinaryCrossEntropy,

    /// <summary>Mean over samples of −Σ y·ln a. With an identity output, a = softmax(z) is taken inside the loss (from logits).</summary>
    CrossEntropy,
}
