using System.CommandLine;
using GenNet.Benchmarks;

return new RootCommand("Measurements and fingerprints of GenNet.") { FingerprintCommand.Create() }.Parse(args).Invoke();
