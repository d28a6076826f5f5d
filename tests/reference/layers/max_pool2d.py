#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/MaxPool2D/*.json."""
from common import conv, dense, flatten, global_max_pool, max_pool, write

write("MaxPool2D", [
    (2101, "MaxPool", (6, 6, 2), [conv(2, 5, 3, "Tanh"), max_pool(2), flatten(), dense(20, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (2102, "MaxPoolOverlap", (7, 8, 3), [conv(3, 4, 2, "Tanh"), max_pool(3, stride=2), flatten(), dense(24, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (2103, "MaxPoolSame", (5, 6, 2), [conv(2, 6, 2, "Tanh"), max_pool(2, padding="Same"), max_pool(3, stride=1, padding="Same"), flatten(), dense(36, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (2104, "MaxPoolPadding", (7, 5, 17), [max_pool((3, 2), stride=2, padding=1), conv(17, 4, 2, "Tanh"), flatten(), dense(24, 2)], "MeanSquaredError", 5, ("Sgd", 0.05)),
    (2105, "MaxPoolGlobal", (5, 5, 2), [conv(2, 40, 3, "Tanh"), global_max_pool(), dense(40, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2106, "MaxPoolUneven", (7, 7, 1), [conv(1, 3, 2, "Tanh"), max_pool(4), flatten(), dense(3, 2)], "MeanSquaredError", 9, ("Sgd", 0.1)),
])
