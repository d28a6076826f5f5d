#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/AveragePool2D/*.json."""
from common import average_pool, conv, dense, flatten, global_average_pool, write

write("AveragePool2D", [
    (2201, "AveragePool", (6, 6, 2), [conv(2, 5, 3, "Tanh"), average_pool(2), flatten(), dense(20, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (2202, "AveragePoolOverlap", (7, 8, 3), [conv(3, 4, 2, "Tanh"), average_pool(3, stride=2), flatten(), dense(24, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (2203, "AveragePoolSame", (5, 6, 2), [conv(2, 6, 2, "Tanh"), average_pool(2, padding="Same"), average_pool(3, stride=1, padding="Same", counts=True), flatten(), dense(36, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (2204, "AveragePoolPadding", (7, 5, 17), [average_pool((3, 2), stride=2, padding=1), conv(17, 4, 2, "Tanh"), average_pool(2, stride=1, padding=1, counts=True), flatten(), dense(48, 2)], "MeanSquaredError", 5, ("Sgd", 0.05)),
    (2205, "AveragePoolGlobal", (5, 5, 2), [conv(2, 40, 3, "Tanh"), global_average_pool(), dense(40, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
])
