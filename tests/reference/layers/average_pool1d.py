#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/AveragePool1D/*.json."""
from common import average_pool1d, conv1d, dense, flatten, global_average_pool1d, write

write("AveragePool1D", [
    (3201, "AveragePool1", (12, 2), [conv1d(2, 5, 3, "Tanh"), average_pool1d(2), flatten(), dense(25, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (3202, "AveragePool1Overlap", (15, 3), [conv1d(3, 4, 2, "Tanh"), average_pool1d(3, stride=2), flatten(), dense(24, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (3203, "AveragePool1Same", (11, 2), [conv1d(2, 6, 2, "Tanh"), average_pool1d(3, padding="Same"), average_pool1d(2, stride=1, padding="Same", counts=True), flatten(), dense(24, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (3204, "AveragePool1Padding", (9, 17), [average_pool1d(4, stride=3, padding=2), average_pool1d(2, stride=1, padding=1, counts=True), flatten(), dense(85, 2)], "MeanSquaredError", 5, ("Sgd", 0.02)),
    (3205, "AveragePool1Global", (13, 2), [conv1d(2, 40, 3, "Tanh"), global_average_pool1d(), dense(40, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
])
