using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenNet.CodeFixes;

/// <summary>GN0009: leaves out the loss, which then follows from the output activation.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class DefaultLossFix() : RemoveArgumentFix("GN0009", "Let the loss follow from the output activation");
