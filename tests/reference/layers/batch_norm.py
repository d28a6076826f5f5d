#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/BatchNorm/*.json."""
from common import batch_norm, dense, write

write("BatchNorm", [
    (1000, "BatchNorm", 6, [dense(6, 20), batch_norm(20, "ReLU"), dense(20, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1001, "BatchNormAdam", 6, [dense(6, 33), batch_norm(33, "Tanh"), dense(33, 17), batch_norm(17, "Sigmoid"), dense(17, 2)], "MeanSquaredError", 9, ("Adam", 0.001)),
    (1002, "BatchNormFirst", 5, [batch_norm(5), dense(5, 9, "SiLU"), dense(9, 1)], "MeanSquaredError", 16, ("Sgd", 0.05)),
    (1003, "BatchNormAfterActivation", 7, [dense(7, 18, "ReLU"), batch_norm(18), dense(18, 4)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (1004, "BatchNormSettings", 4, [dense(4, 8), batch_norm(8, "GELU", momentum=0.3, eps=0.01), dense(8, 2)], "MeanSquaredError", 5, ("Sgd", 0.1)),
    (1005, "BatchNormOfTwo", 4, [dense(4, 8), batch_norm(8, "Tanh", eps=0.1), dense(8, 2)], "MeanSquaredError", 2, ("Sgd", 0.1)),
    (1006, "BatchNormLast", 6, [dense(6, 12, "Tanh"), dense(12, 5), batch_norm(5)], "MeanSquaredError", 20, ("Sgd", 0.1)),
])
