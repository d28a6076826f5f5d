using GenNet.Weights;

// Describes a file of weights to the generator: GenNet.Weights FILE DESCRIPTION.
// A file that cannot be read is no failure here: the generator says so where a network names it.
File.WriteAllText(args[1], WeightsDescription.Of(args[0]));
