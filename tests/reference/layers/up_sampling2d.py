#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/UpSampling2D/*.json."""
from common import average_pool, conv, dense, flatten, global_average_pool, image_norm, up_sampling, write

write("UpSampling2D", [
    (2401, "UpSampling", (3, 4, 2), [conv(2, 5, 2, "Tanh"), up_sampling(2), conv(5, 3, 3, "Tanh"), flatten(), dense(24, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (2402, "UpSamplingSides", (2, 3, 17), [up_sampling((3, 2)), conv(17, 4, 2, "Tanh"), up_sampling((1, 2)), average_pool(2), flatten(), dense(40, 2)], "MeanSquaredError", 7, ("Sgd", 0.02)),
    (2403, "UpSamplingBilinear", (3, 4, 3), [conv(3, 6, 2, "Tanh"), up_sampling(2, "bilinear"), conv(6, 3, 2, "Tanh"), flatten(), dense(45, 3)], "CrossEntropy", 8, ("Sgd", 0.05)),
    (2404, "UpSamplingBilinearSides", (3, 2, 2), [up_sampling((3, 4), "bilinear"), image_norm(2, "Tanh"), conv(2, 33, 1, "Tanh"), up_sampling((2, 5), "bilinear"), conv(33, 2, 4, "Tanh", stride=3), flatten(), dense(130, 2)], "MeanSquaredError", 6, ("Sgd", 0.01)),
    (2405, "UpSamplingOfOnePixel", (1, 1, 5), [up_sampling(3, "bilinear"), conv(5, 4, 2, "Tanh"), up_sampling(2), global_average_pool(), dense(4, 2)], "MeanSquaredError", 9, ("Sgd", 0.1)),
    (2406, "UpSamplingLast", (2, 2, 3), [conv(3, 4, 1), up_sampling((1, 3), "bilinear"), global_average_pool()], "CrossEntropy", 6, ("Sgd", 0.1)),
])
