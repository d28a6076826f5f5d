#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Layers/Conv2D/*.json."""
from common import batch_norm, conv, dense, flatten, flatten_pixels, global_average_pool, image_norm, layer_norm, max_pool, pixels_dense, pixels_layer_norm, residual, write

write("Conv2D", [
    (2001, "Conv", (7, 6, 1), [conv(1, 4, 3, "Tanh"), flatten(), dense(80, 3)], "CrossEntropy", 9, ("Sgd", 0.1)),
    (2002, "ConvSame", (6, 5, 3), [conv(3, 6, 3, "GELU", padding="Same"), conv(6, 17, 2, "Tanh", padding="Same"), flatten(), dense(510, 2)], "MeanSquaredError", 7, ("Sgd", 0.01)),
    (2003, "ConvStride", (9, 8, 2), [conv(2, 5, 3, "SiLU", stride=2, padding=1), conv(5, 7, 2, "Tanh", stride=2), flatten(), dense(28, 3)], "CrossEntropy", 6, ("Sgd", 0.1)),
    (2004, "ConvSameStride", (7, 10, 3), [conv(3, 8, 4, "Tanh", stride=2, padding="Same"), conv(8, 6, 3, "Tanh", stride=3, padding="Same"), flatten(), dense(24, 2)], "MeanSquaredError", 8, ("Sgd", 0.1)),
    (2005, "ConvDilation", (9, 9, 2), [conv(2, 4, 3, "Tanh", dilation=2), conv(4, 3, 2, "Tanh", dilation=3, padding=2), flatten(), dense(108, 3)], "CrossEntropy", 5, ("Sgd", 0.05)),
    (2006, "ConvRectangle", (8, 6, 2), [conv(2, 5, (3, 2), "Tanh", padding=1), conv(5, 3, (1, 5), "Tanh"), flatten(), dense(72, 2)], "MeanSquaredError", 6, ("Sgd", 0.02)),
    (2007, "ConvWide", (4, 5, 33), [conv(33, 64, 3, "Tanh", padding="Same"), conv(64, 40, 2, "Tanh"), conv(40, 6, 1, "Tanh"), flatten(), dense(72, 4)], "CrossEntropy", 6, ("Sgd", 0.001)),
    (2008, "ConvOfAll", (5, 4, 3), [conv(3, 9, (5, 4), "Tanh"), pixels_dense(9, 2)], "MeanSquaredError", 11, ("Sgd", 0.1)),
    (2009, "ConvOfOnePixel", (1, 1, 5), [conv(5, 4, 1, "Tanh"), conv(4, 3, 3, "Tanh", padding=1), pixels_dense(3, 2)], "CrossEntropy", 10, ("Sgd", 0.1)),
    (2010, "ConvNorms", (6, 7, 2), [conv(2, 6, 3), image_norm(6, "Tanh"), max_pool(2), flatten(), layer_norm(24, "Tanh"), dense(24, 3)], "CrossEntropy", 12, ("Sgd", 0.1)),
    (2011, "ConvNormOfPixels", (4, 4, 3), [conv(3, 6, 2), pixels_layer_norm(6, "Tanh"), pixels_dense(6, 4, "Tanh"), flatten(), dense(36, 2)], "MeanSquaredError", 9, ("Sgd", 0.05)),
    (2018, "ConvNormOfFlat", (4, 4, 3), [conv(3, 6, 2, "Tanh"), flatten(), batch_norm(54, "Tanh"), dense(54, 2)], "CrossEntropy", 24, ("Sgd", 0.05)),
    (2012, "ConvResidual", (5, 5, 2), [conv(2, 4, 3, "Tanh", padding="Same"), conv(4, 4, 3, "Tanh", padding=1), conv(4, 4, 1), residual(2, "Tanh"), global_average_pool(), dense(4, 3)], "CrossEntropy", 8, ("Sgd", 0.1)),
    (2013, "ConvOfMany", (3, 3, 1), [conv(1, 2, 2, "Tanh"), flatten(), dense(8, 2)], "CrossEntropy", 140, ("Sgd", 0.1)),
    (2014, "ConvOfLarge", (13, 12, 1), [conv(1, 3, 2, "Tanh"), conv(3, 2, 3, "Tanh"), flatten(), dense(180, 2)], "MeanSquaredError", 5, ("Sgd", 0.01)),
    (2015, "ConvAdam", (8, 8, 3), [conv(3, 8, 3, "GELU"), max_pool(2), conv(8, 12, 2, "Tanh"), flatten(), dense(48, 5, "Tanh"), dense(5, 3)], "CrossEntropy", 10, ("Adam", 0.002)),
    (2016, "ConvLast", (5, 5, 2), [conv(2, 3, 3), global_average_pool()], "CrossEntropy", 6, ("Sgd", 0.1)),
    (2019, "ConvSides", (11, 9, 2), [conv(2, 5, (4, 2), "Tanh", stride=(1, 2), dilation=(2, 1), padding=(3, 0)), conv(5, 4, 2, "Tanh", stride=(3, 1), dilation=(1, 2), padding=(0, 1)), flatten(), dense(64, 3)], "CrossEntropy", 7, ("Sgd", 0.05)),
    (2020, "ConvGroups", (5, 6, 6), [conv(6, 9, 3, "Tanh", groups=3, padding=1), conv(9, 45, 2, "Tanh", groups=9, stride=(2, 1)), conv(45, 10, 1, "Tanh", groups=5), flatten(), dense(100, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2021, "ConvGroupsWide", (4, 4, 40), [conv(40, 80, 3, "Tanh", groups=2, padding="Same"), conv(80, 20, 2, "Tanh", groups=4, dilation=2), flatten(), dense(80, 2)], "MeanSquaredError", 5, ("Sgd", 0.01)),
    (2022, "ConvOfOneChannel", (9, 22, 1), [conv(1, 7, 3, "ReLU"), conv(7, 6, 2, "ReLU", stride=2), flatten(), dense(180, 3)], "CrossEntropy", 6, ("Sgd", 0.05)),
    (2023, "ConvOfOneChannelSides", (12, 10, 1), [conv(1, 5, (2, 3), "ReLU", stride=(2, 1), dilation=(3, 2), padding=(1, 2)), conv(5, 33, 3, "ReLU"), flatten(), dense(1056, 2)], "MeanSquaredError", 5, ("Sgd", 0.001)),
    (2024, "ConvRectified", (10, 18, 3), [conv(3, 16, 3, "ReLU"), conv(16, 40, 1, "ReLU"), conv(40, 8, 2, "ReLU"), flatten(), dense(840, 3)], "CrossEntropy", 4, ("Sgd", 0.001)),
    (2025, "ConvNormOfOneSample", (5, 4, 2), [conv(2, 6, 3), image_norm(6, "Tanh"), flatten(), dense(36, 3)], "CrossEntropy", 1, ("Sgd", 0.01)),
    (2017, "ConvFlattenLast", (4, 3, 2), [conv(2, 3, 2), flatten_pixels()], "MeanSquaredError", 6, ("Sgd", 0.1)),
])
