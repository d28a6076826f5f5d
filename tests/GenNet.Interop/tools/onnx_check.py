"""Checks each ONNX model given, with shapes inferred as ONNX's rules have them."""
import sys

import onnx

for path in sys.argv[1:]:
    model = onnx.load(path)
    onnx.checker.check_model(model)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
    for value in model.graph.output:
        # [batch, outputs]; of models with states [batch, steps, outputs], and [1, batch, units] of each state.
        sizes = [size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim]
        expected = [1, "batch"] if value.name.endswith("_n") else ["batch", "steps"][: len(sizes) - 1]
        assert sizes[:-1] == expected and isinstance(sizes[-1], int) and sizes[-1] > 0, f"{path}: the output {value.name} is {sizes}"
