namespace GenNet;

/// <summary>
/// Adds dropout (Srivastava et al. 2014) to a <see cref="NetworkAttribute"/> class: in training, each value becomes zero with the given probability
/// and the others are divided by 1 − rate; in inference nothing happens. Masks follow from <see cref="Trainer.Seed"/>.
/// </summary>
/// <param name="rate">The probability that a value is dropped, from 0 (none) to 1 (all: the layers below then learn nothing).</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : Attribute
{
    /// <summary>The probability that a value is dropped.</summary>
    public double Rate { get; } = rate;
}
