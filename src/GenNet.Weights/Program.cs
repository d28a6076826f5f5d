using GenNet.Weights;

// Prepares a file of weights for the compiler: GenNet.Weights FILE NAME DESCRIPTION RESOURCE.
// A file that cannot be read is no failure here: the generator says so where a network names it.
using var resource = File.Create(args[3]);
File.WriteAllText(args[2], WeightsDescription.Of(args[0], args[1], new EmbeddedTensors(resource)));
