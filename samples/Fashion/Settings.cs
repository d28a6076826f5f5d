namespace Fashion;

sealed record Settings(string Network, int Epochs, int BatchSize, ulong Seed, float LearningRate, bool Health, int Image);
