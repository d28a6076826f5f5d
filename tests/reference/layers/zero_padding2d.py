#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/ZeroPadding2D/*.json."""
from common import average_pool, conv, dense, flatten, global_average_pool, image_norm, max_pool, zero_padding, write

write("ZeroPadding2D", [
    (2301, "ZeroPadding", (4, 5, 2), [conv(2, 5, 3, "Tanh"), zero_padding(1, 1, 1, 1), conv(5, 3, 2, "Tanh"), flatten(), dense(36, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (2302, "ZeroPaddingSides", (3, 4, 3), [zero_padding(1, 2, 0, 3), conv(3, 4, 2, "Tanh"), zero_padding(0, 0, 1, 0), max_pool(2), flatten(), dense(24, 2)], "MeanSquaredError", 7, ("Sgd", 0.05)),
    (2303, "ZeroPaddingAlone", (2, 3, 17), [zero_padding(0, 3, 1, 0), image_norm(17, "Tanh"), zero_padding(1, 0, 0, 0), average_pool(2), flatten(), dense(102, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2304, "ZeroPaddingWide", (1, 1, 3), [conv(3, 40, 1, "Tanh"), zero_padding(2, 2, 2, 2), conv(40, 6, 3, "Tanh"), zero_padding(1, 1, 1, 1), global_average_pool(), dense(6, 2)], "MeanSquaredError", 9, ("Sgd", 0.05)),
    (2305, "ZeroPaddingLast", (3, 2, 4), [conv(4, 3, 1), zero_padding(0, 1, 0, 0), global_average_pool()], "CrossEntropy", 6, ("Sgd", 0.1)),
])
