"""Checks each ONNX model given, with shapes inferred as ONNX's rules have them."""
import sys

import onnx

for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    for value in model.graph.output:
        output = value.type.tensor_type.shape.dim
        assert output[0].dim_param == "batch" and output[1].dim_value > 0, f"{path}: the output {value.name} is {output}"
