#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/MaxPool1D/*.json."""
from common import conv1d, dense, flatten, global_max_pool1d, max_pool1d, write

write("MaxPool1D", [
    (3101, "MaxPool1", (12, 2), [conv1d(2, 5, 3, "Tanh"), max_pool1d(2), flatten(), dense(25, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (3102, "MaxPool1Overlap", (15, 3), [conv1d(3, 4, 2, "Tanh"), max_pool1d(3, stride=2), flatten(), dense(24, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (3103, "MaxPool1Same", (11, 2), [conv1d(2, 6, 2, "Tanh"), max_pool1d(3, padding="Same"), max_pool1d(2, stride=1, padding="Same"), flatten(), dense(24, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (3104, "MaxPool1Padding", (9, 17), [max_pool1d(4, stride=3, padding=2), flatten(), dense(68, 2)], "MeanSquaredError", 5, ("Sgd", 0.02)),
    (3105, "MaxPool1Global", (13, 2), [conv1d(2, 40, 3, "Tanh"), global_max_pool1d(), dense(40, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
])
