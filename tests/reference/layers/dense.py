#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Dense/*.json."""
from common import dense, write

write("Dense", [
    (1300, "Dense", 6, [dense(6, 20, "Tanh"), dense(20, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (1301, "DenseOfSoftmax", 5, [dense(5, 17, "GELU"), dense(17, 7, "Softmax")], "MeanSquaredError", 9, ("Adam", 0.001)),
    (1302, "DenseOfOne", 7, [dense(7, 33, "SiLU"), dense(33, 1, "Sigmoid")], "MeanSquaredError", 10, ("Sgd", 0.1)),
    (1303, "DenseDeep", 4, [dense(4, 40, "ELU"), dense(40, 9, "Sigmoid"), dense(9, 18, "Tanh"), dense(18, 2, "Tanh")], "MeanSquaredError", 5, ("Adam", 0.001)),
])
