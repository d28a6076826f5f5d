using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace GenNet.CodeFixes;

/// <summary>GN0006: leaves the layers to their own attributes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class RemoveSecondFormFix() : RemoveArgumentFix("GN0006", "Leave the layers to their own attributes");
