using System.Globalization;
using System.Text.RegularExpressions;

namespace GenNet.Benchmarks;

/// <summary>The native code that a program gets for one network, from the JIT's own list of what it compiled in a process that uses nothing else.</summary>
/// <param name="Generated">The emitted methods of the network and its trainer.</param>
/// <param name="Kernels">The methods of <c>GenNet.Kernels</c>, <c>Losses</c> and <c>Runtime</c> that it calls; another network shares those of the same types.</param>
/// <param name="Rest">The rest of the library that it calls, in creating the network and its trainer for the greater part.</param>
sealed partial record NativeCode(CodeSize Generated, CodeSize Kernels, CodeSize Rest)
{
    public static NativeCode Of(Type network) => Read(JitListing.Of("code", network, ("JitDisasmSummary", "1")), network);

    static NativeCode Read(IEnumerable<string> lines, Type network)
    {
        var methods = lines.Select(line => Compiled().Match(line)).Where(match => match.Success).ToLookup(match => PartOf(match.Groups["type"].Value, network));
        return new(Size(Part.Generated), Size(Part.Kernels), Size(Part.Rest));

        CodeSize Size(Part part)
        {
            var sizes = methods[part].Select(match => int.Parse(match.Groups["size"].Value, CultureInfo.InvariantCulture)).ToArray();
            return new(sizes.Length, sizes.Sum(), sizes.Max(), methods[part].Count(match => match.Groups["tier"].Value != "FullOpts"));
        }
    }

    static Part PartOf(string type, Type network)
    {
        if (type == network.FullName || type.StartsWith($"{network.FullName}+", StringComparison.Ordinal))
            return Part.Generated;
        return type.Split('.') switch
        {
            ["GenNet", "Benchmarks" or "Shared", ..] => Part.None,
            ["GenNet", "Kernels" or "Losses" or "Runtime", ..] => Part.Kernels,
            ["GenNet", ..] => Part.Rest,
            _ => Part.None,
        };
    }

    enum Part
    {
        None,
        Generated,
        Kernels,
        Rest,
    }

    [GeneratedRegex(@"JIT compiled (?<type>[\w.+`<>]+)[^:]*:.* \[(?<tier>[^,\[\]]*), .*code size=(?<size>\d+)\]$")]
    private static partial Regex Compiled();
}
