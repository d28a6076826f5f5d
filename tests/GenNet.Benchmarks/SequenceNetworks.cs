namespace GenNet.Benchmarks;

[Network]
[Sequence(64, 1)]
[GRU(8)]
[LastStep]
[Dense(1)]
sealed partial class GRU8;

[Network]
[Sequence(64, 1)]
[GRU(16)]
[LastStep]
[Dense(1)]
sealed partial class GRU16;

[Network]
[Sequence(64, 1)]
[GRU(20)]
[LastStep]
[Dense(1)]
sealed partial class GRU20;

[Network]
[Sequence(64, 1)]
[GRU(32)]
[LastStep]
[Dense(1)]
sealed partial class GRU32;

[Network]
[Sequence(64, 1)]
[GRU(64)]
[LastStep]
[Dense(1)]
sealed partial class GRU64;

[Network]
[Sequence(64, 1)]
[LSTM(8)]
[LastStep]
[Dense(1)]
sealed partial class LSTM8;

[Network]
[Sequence(64, 1)]
[LSTM(16)]
[LastStep]
[Dense(1)]
sealed partial class LSTM16;

[Network]
[Sequence(64, 1)]
[LSTM(20)]
[LastStep]
[Dense(1)]
sealed partial class LSTM20;

[Network]
[Sequence(64, 1)]
[LSTM(32)]
[LastStep]
[Dense(1)]
sealed partial class LSTM32;

[Network]
[Sequence(64, 1)]
[LSTM(64)]
[LastStep]
[Dense(1)]
sealed partial class LSTM64;

[Network]
[Sequence(64, 1)]
[GRU(20)]
[LastStep]
[Dense(4)]
sealed partial class GRU1x20x4;

[Network]
[Sequence(64, 1)]
[LSTM(20)]
[LastStep]
[Dense(4)]
sealed partial class LSTM1x20x4;

[Network]
[Sequence(64, 32)]
[GRU(64)]
[LastStep]
[Dense(4)]
sealed partial class GRU32x64x4;

[Network]
[Sequence(64, 32)]
[LSTM(64)]
[LastStep]
[Dense(4)]
sealed partial class LSTM32x64x4;

[Network]
[Sequence(64, 4)]
[Conv1D(4, 3, Causal = true)]
[LastStep]
[Dense(1)]
sealed partial class Conv4;

[Network]
[Sequence(64, 8)]
[Conv1D(8, 3, Causal = true)]
[LastStep]
[Dense(1)]
sealed partial class Conv8;

[Network]
[Sequence(64, 16)]
[Conv1D(16, 3, Causal = true)]
[LastStep]
[Dense(1)]
sealed partial class Conv16;

[Network]
[Sequence(64, 32)]
[Conv1D(32, 3, Causal = true)]
[LastStep]
[Dense(1)]
sealed partial class Conv32;

/// <summary>The shape of MLPerf Tiny's streaming wake word: 30 frames of 40 features, without padding, so that a stream answers every frame from the thirtieth on.</summary>
[Network]
[Sequence(30, 40)]
[Conv1D(40, 3, Groups = 40)]
[Conv1D(128, 1)]
[BatchNorm(Activation.ReLU)]
[Conv1D(128, 5, Groups = 128)]
[Conv1D(64, 1)]
[BatchNorm(Activation.ReLU)]
[Conv1D(64, 10, Groups = 64)]
[Conv1D(64, 1)]
[BatchNorm(Activation.ReLU)]
[Conv1D(64, 15, Groups = 64)]
[Conv1D(32, 1)]
[BatchNorm(Activation.ReLU)]
[LastStep]
[Dense(3)]
sealed partial class WakeWord;
