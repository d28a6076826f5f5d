#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/LayerNorm/*.json."""
from common import dense, layer_norm, write

write("LayerNorm", [
    (1007, "LayerNorm", 6, [dense(6, 20), layer_norm(20, "ReLU"), dense(20, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1008, "LayerNormAdam", 6, [dense(6, 35), layer_norm(35, "SiLU"), dense(35, 17), layer_norm(17, "Tanh"), dense(17, 2)], "MeanSquaredError", 9, ("Adam", 0.001)),
    (1009, "LayerNormFirst", 5, [layer_norm(5, eps=0.001), dense(5, 9, "ELU"), dense(9, 2)], "MeanSquaredError", 300, ("Sgd", 0.05)),
    (1010, "LayerNormLast", 5, [dense(5, 9, "Tanh"), dense(9, 4), layer_norm(4)], "MeanSquaredError", 7, ("Sgd", 0.05)),
])
