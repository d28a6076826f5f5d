#!/usr/bin/env python3
"""Writes tests/GenNet.Tests/Reference/torch/*.json: networks that PyTorch ran and trained, in double precision.

Every initial value is a float32, so that single-precision code starts from the same numbers. A random network is also
run in float32; one that float32 cannot follow (a sample at a kink, a gradient near zero under Adam) is drawn again.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "torch"
STEPS = 5
FLOAT32_TOLERANCE = 4e-6

ACTIVATIONS = {
    "Identity": lambda z: z,
    "Sigmoid": torch.sigmoid,
    "Tanh": torch.tanh,
    "ReLU": F.relu,
    "LeakyReLU": F.leaky_relu,
    "ELU": F.elu,
    "GELU": F.gelu,
    "SiLU": F.silu,
    "Softplus": F.softplus,
    # F.hardsigmoid's derivative is the float32 nearest to 1/6 even in double precision; this is the same function, kinks included.
    "HardSigmoid": lambda z: F.hardtanh(z, -3, 3) / 6 + 0.5,
    "HardTanh": F.hardtanh,
    "Softmax": lambda z: torch.softmax(z, dim=1),
}
HIDDEN = [name for name in ACTIVATIONS if name != "Softmax"]


def resolve(loss, output):
    if loss != "Default":
        return loss
    return {"Softmax": "CrossEntropy", "Sigmoid": "BinaryCrossEntropy"}.get(output, "MeanSquaredError")


def loss_of(loss, output, z, a, y):
    """The loss as PyTorch's users write it: from logits where the declaration's loss sees a softmax or sigmoid."""
    loss = resolve(loss, output)
    if loss == "CrossEntropy":
        return F.cross_entropy(z, y)
    if y.dtype == torch.int64:
        y = (y[:, None] if z.shape[1] == 1 else F.one_hot(y, z.shape[1])).to(z.dtype)
    if loss == "BinaryCrossEntropy":
        return F.binary_cross_entropy(a, y) if output == "HardSigmoid" else F.binary_cross_entropy_with_logits(z, y)
    return {"MeanSquaredError": F.mse_loss, "MeanAbsoluteError": F.l1_loss, "Huber": F.huber_loss}[loss](a, y)


def create_optimizer(settings, parameters):
    lr, decay = settings["learningRate"], settings["weightDecay"]
    if settings["kind"] == "Sgd":
        return torch.optim.SGD(parameters, lr, settings["momentum"], weight_decay=decay, nesterov=settings["nesterov"])
    kind = {"Adam": torch.optim.Adam, "AdamW": torch.optim.AdamW}[settings["kind"]]
    return kind(parameters, lr, (settings["beta1"], settings["beta2"]), settings["epsilon"], decay)


def sgd(learning_rate, momentum=0.0, nesterov=False, decay=0.0):
    return dict(kind="Sgd", learningRate=learning_rate, momentum=momentum, nesterov=nesterov, weightDecay=decay)


def adam(kind, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, decay=0.0):
    return dict(kind=kind, learningRate=learning_rate, beta1=beta1, beta2=beta2, epsilon=epsilon, weightDecay=decay)


OPTIMIZERS = [
    sgd(0.125),
    sgd(0.0625, decay=0.125),
    sgd(0.03125, momentum=0.875),
    sgd(0.03125, momentum=0.75, nesterov=True, decay=0.0625),
    adam("Adam", 0.001),
    adam("Adam", 0.002, decay=0.125),
    adam("AdamW", 0.001, decay=0.5),
    adam("AdamW", 0.002, beta1=0.8, beta2=0.99, epsilon=1e-6, decay=0.01),
]


class Case:
    def __init__(self, name, sizes, activations, loss, optimizer):
        self.name, self.sizes, self.activations, self.loss, self.optimizer = name, sizes, activations, loss, optimizer

    def run(self, dtype):
        """Every result, as a dictionary of tensors."""
        parameters = [p.to(dtype, copy=True).requires_grad_() for pair in zip(self.weights, self.biases) for p in pair]
        y = self.y if self.y.dtype == torch.int64 else self.y.to(dtype)
        optimizer = create_optimizer(self.optimizer, parameters)
        losses = []
        for step in range(STEPS):
            a = self.x.to(dtype)
            for layer, activation in enumerate(self.activations):
                z = F.linear(a, parameters[2 * layer], parameters[2 * layer + 1])
                a = ACTIVATIONS[activation](z)
            loss = loss_of(self.loss, self.activations[-1], z, a, y)
            optimizer.zero_grad()
            loss.backward()
            losses.append(loss.detach())
            if step == 0:
                outputs = a.detach()
                gradients = [p.grad.clone() for p in parameters]
            optimizer.step()
        final = [p.detach() for p in parameters]
        return dict(
            outputs=outputs, losses=torch.stack(losses), weightGradients=gradients[0::2], biasGradients=gradients[1::2],
            finalWeights=final[0::2], finalBiases=final[1::2])

    def float32_follows(self):
        exact, single = self.run(torch.float64), self.run(torch.float32)
        for key in exact:
            pairs = zip(exact[key], single[key]) if isinstance(exact[key], list) else [(exact[key], single[key])]
            for e, s in pairs:
                error, scale = (e - s.double()).abs(), e.abs().max()
                if scale == 0 or (error > FLOAT32_TOLERANCE * scale).any():
                    return False
                if (error > 10 * FLOAT32_TOLERANCE * torch.maximum(e.abs(), 0.01 * scale)).any():
                    return False
        return True

    def write(self):
        exact = self.run(torch.float64)
        lists = lambda value: [numbers(v) for v in value] if isinstance(value, list) else numbers(value)
        numbers = lambda tensor: (tensor.double() if tensor.dtype == torch.float32 else tensor).flatten().tolist()
        case = dict(
            name=self.name, sizes=self.sizes, activations=self.activations, loss=self.loss, optimizer=self.optimizer,
            weights=lists(self.weights), biases=lists(self.biases), inputs=numbers(self.x))
        case["labels" if self.y.dtype == torch.int64 else "targets"] = numbers(self.y)
        case.update((key, lists(value)) for key, value in exact.items())
        lines = ",\n".join(f'  "{key}": {json.dumps(value)}' for key, value in case.items())
        (DIRECTORY / f"{self.name}.json").write_text(f"{{\n{lines}\n}}\n")


def drawn(name, sizes, activations, loss, kind, samples, optimizer, seed):
    """A network with random weights and data. The kind of data: values, fractions, labels, probabilities."""
    random = torch.Generator().manual_seed(seed)
    normal = lambda *shape: torch.randn(*shape, generator=random)
    for _ in range(100):
        case = Case(name, sizes, activations, loss, optimizer)
        case.weights = [normal(n, m) * (1.5 / m) ** 0.5 for m, n in zip(sizes, sizes[1:])]
        case.biases = [normal(n) * 0.5 for n in sizes[1:]]
        case.x = normal(samples, sizes[0])
        outputs = sizes[-1]
        case.y = {
            "values": lambda: normal(samples, outputs) * 1.5,
            "fractions": lambda: (normal(samples, outputs) + 0.5).clamp(0, 1),
            "labels": lambda: torch.randint(max(2, outputs), (samples,), generator=random),
            "probabilities": lambda: torch.softmax(normal(samples, outputs), dim=1),
        }[kind]()
        if case.float32_follows():
            return case
    raise RuntimeError(f"{name}: float32 follows none of 100 networks")


def placed(name, output, loss, z, y, optimizer):
    """One layer whose z are its biases exactly: weights 0, input 1. Every sample has the same outputs, and targets of its own."""
    case = Case(name, [1, len(z)], [output], loss, optimizer)
    case.weights = [torch.zeros(len(z), 1)]
    case.biases = [torch.tensor(z, dtype=torch.float32)]
    case.y = torch.tensor(y)
    case.x = torch.ones(len(y), 1)
    return case


def cases():
    outputs = [(name, "MeanSquaredError", "values") for name in ACTIVATIONS]
    outputs += [(name, "MeanAbsoluteError", "values") for name in ("Identity", "Softmax", "Tanh", "GELU")]
    outputs += [(name, "Huber", "values") for name in ("Identity", "Softmax", "Softplus", "SiLU")]
    outputs += [(name, "BinaryCrossEntropy", "fractions") for name in ("Sigmoid", "Identity", "HardSigmoid")]
    outputs += [(name, "CrossEntropy", kind) for name in ("Softmax", "Identity") for kind in ("labels", "probabilities")]
    outputs += [("Sigmoid", "Default", "labels"), ("Softmax", "Default", "labels"), ("ELU", "Default", "values")]
    shapes = [[3, 5, 2], [4, 7, 3], [2, 3, 3, 2], [5, 9, 2], [7, 5, 3], [1, 17, 2], [3, 4, 3, 5, 2]]
    for i, (output, loss, kind) in enumerate(outputs):
        sizes = list(shapes[i % len(shapes)])
        if (output, kind) == ("Sigmoid", "labels"):
            sizes[-1] = 1
        hidden = [HIDDEN[(i + layer) % len(HIDDEN)] for layer in range(len(sizes) - 2)]
        name = f"{''.join(hidden[:1])}{output}{loss}{'' if kind == 'values' else kind.capitalize()}"
        yield drawn(name, sizes, hidden + [output], loss, kind, 3 + i % 5, OPTIMIZERS[i % len(OPTIMIZERS)], seed=i)

    # Targets below every output: the gradient of a bias is the activation's derivative, divided by the number of outputs.
    # No z from 20 to 40: there PyTorch takes softplus(z) = z, wrong by 2e-9.
    points = [-100.0, -20.0, -8.0, -5.0, -3.0, -2.5, -1.0, -0.5, -0.0009765625, 0.0, 0.0009765625, 0.5, 1.0, 2.5, 3.0, 5.0, 8.0, 15.0, 100.0]
    for name in HIDDEN[1:]:
        yield placed(f"{name}Points", name, "MeanAbsoluteError", points, [[-200.0] * len(points)], sgd(0.125))
    yield placed("SoftplusNearZero", "Softplus", "MeanAbsoluteError", [-30.0, -28.0, -25.0], [[-1.0] * 3], sgd(0.125))

    step = sgd(0.03125)
    ends = [0.0, 1.0, -1.0, 3.0, -3.0, 0.25]
    yield placed("MeanAbsoluteErrorPoints", "Identity", "MeanAbsoluteError", ends, [[0.0, 1.0, 0.0, 0.0, 0.0, 0.5]], step)
    yield placed("HuberPoints", "Identity", "Huber", ends, [[0.0, 0.0, 0.0, 0.0, 0.0, 0.5]], step)
    logits = [-1000.0, 150.0, 999.0, 0.0, 1000.0]
    for output in ("Softmax", "Identity"):
        yield placed(f"{output}CrossEntropyExtremes", output, "CrossEntropy", logits, [0, 1, 2, 3, 4], step)
    logits = [-1000.0, -30.0, -15.0, 0.0, 15.0, 30.0, 1000.0]
    for output in ("Sigmoid", "Identity"):
        yield placed(f"{output}BinaryCrossEntropyExtremes", output, "BinaryCrossEntropy", logits, [[0.0] * 7, [1.0] * 7, [0.25] * 7], step)
    # PyTorch holds the logarithms of 0 above -100.
    logits = [-5.0, -2.0, 0.0, 1.0, 5.0]
    yield placed("HardSigmoidBinaryCrossEntropyExtremes", "HardSigmoid", "BinaryCrossEntropy", logits, [[0.0] * 5, [1.0] * 5, [0.25] * 5], step)


DIRECTORY.mkdir(exist_ok=True)
for old in DIRECTORY.glob("*.json"):
    old.unlink()
names = set()
for case in cases():
    if case.name in names:
        raise RuntimeError(f"two networks are called {case.name}")
    names.add(case.name)
    case.write()
