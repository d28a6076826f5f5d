#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Residual/*.json."""
from common import batch_norm, dense, layer_norm, residual, write

write("Residual", [
    (1011, "Residual", 6, [dense(6, 16, "Tanh"), dense(16, 16, "ReLU"), dense(16, 16), residual(2, "Tanh"), dense(16, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1012, "ResidualFromInputs", 5, [dense(5, 8, "SiLU"), dense(8, 5), residual(2), dense(5, 2)], "MeanSquaredError", 12, ("Adam", 0.001)),
    (1013, "ResidualNested", 5, [
        dense(5, 10, "Tanh"), dense(10, 10, "Tanh"), residual(1), dense(10, 10, "SiLU"), residual(3, "ReLU"), dense(10, 10), residual(5), dense(10, 2)], "MeanSquaredError", 12, ("Sgd", 0.05)),
    (1014, "ResidualPreNorm", 6, [
        dense(6, 24, "Tanh"), layer_norm(24), dense(24, 24, "GELU"), dense(24, 24), residual(3), dense(24, 2)], "MeanSquaredError", 11, ("Adam", 0.001)),
    (1015, "ResidualBatchNorm", 6, [
        dense(6, 24, "Tanh"), dense(24, 24), batch_norm(24, "ReLU"), dense(24, 24), batch_norm(24), residual(4, "ReLU"), dense(24, 2)], "MeanSquaredError", 14, ("Sgd", 0.1)),
    (1016, "ResidualOfDenseBeforeNorm", 6, [
        dense(6, 12), batch_norm(12, "Tanh"), dense(12, 12, "SiLU"), residual(2), dense(12, 2)], "MeanSquaredError", 14, ("Sgd", 0.1)),
])
