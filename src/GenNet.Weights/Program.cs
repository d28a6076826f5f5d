using GenNet.Weights;

// Prepares a file of weights for the compiler: GenNet.Weights FILE DESCRIPTION RESOURCE.
// A file that cannot be read is no failure here: the generator says so where a network names it.
using var resource = File.Create(args[2]);
File.WriteAllText(args[1], WeightsDescription.Of(args[0], new EmbeddedTensors(resource)));
