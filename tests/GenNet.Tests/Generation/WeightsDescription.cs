using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GenNet.Tests.Generation;

/// <summary>What a build says of the weights in policy.safetensors.</summary>
sealed class WeightsDescription(string text) : AdditionalText
{
    public override string Path => "obj/gennet/policy.safetensors.gennet-weights.txt";

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
