#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Flatten/*.json."""
from common import dense, flatten, layer_norm, residual, steps_norm, write

write("Flatten", [
    (1019, "Sequence", (7, 3), [dense(3, 9, "Tanh"), flatten(), dense(63, 4)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1020, "SequenceAdam", (5, 17), [dense(17, 33, "SiLU"), dense(33, 6, "Tanh"), flatten(), dense(30, 2)], "MeanSquaredError", 9, ("Adam", 0.001)),
    (1021, "SequenceOfMany", (140, 2), [dense(2, 4, "Tanh"), flatten(), dense(560, 3)], "CrossEntropy", 5, ("Sgd", 0.05)),
    (1022, "SequenceBatchNorm", (6, 4), [dense(4, 10), steps_norm(10, "ReLU"), flatten(), dense(60, 2)], "MeanSquaredError", 11, ("Sgd", 0.1)),
    (1023, "SequenceLayerNorm", (4, 5), [layer_norm(5), dense(5, 20), layer_norm(20, "GELU"), flatten(), dense(80, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (1024, "SequenceResidual", (3, 6), [dense(6, 6, "Tanh"), residual(1), dense(6, 8, "Tanh"), dense(8, 8), residual(1, "ReLU"), flatten(), dense(24, 5)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (1025, "SequenceFlattened", (5, 3), [flatten(), dense(15, 12, "Tanh"), dense(12, 2)], "MeanSquaredError", 7, ("Sgd", 0.1)),
    (1026, "SequenceToSequence", (4, 3), [dense(3, 7, "Tanh"), dense(7, 2), flatten()], "MeanSquaredError", 40, ("Sgd", 0.1)),
])
