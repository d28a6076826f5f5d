#!/usr/bin/env python3
"""
Writes tests/GenNet.Tests/Reference/dqn/*.json: updates of deep Q-learning on given samples, with Adam and clipped gradients, by automatic differentiation in double precision.
The loss is that of Stable-Baselines3, with the double estimator, masks and weights of samples where a case has them.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "dqn"
OBSERVATIONS, ACTIONS = 5, 3


def network():
    module = torch.nn.Sequential(torch.nn.Linear(OBSERVATIONS, 12), torch.nn.Tanh(), torch.nn.Linear(12, ACTIONS))
    for p in module.parameters():
        p.data = (0.6 * torch.randn(p.shape, dtype=torch.float32)).double()
    return module


def flat(module):
    return torch.cat([p.detach().reshape(-1) for p in module.parameters()]).tolist()


def rounded(*shape):
    return torch.randn(*shape, dtype=torch.float32).double()


def make(name, number, double, masked=False, weighted=False, max_norm=10.0, samples=40, batch=150, updates=3):
    torch.manual_seed(number)
    online, target = network(), network()
    start = flat(online)
    observations, following, rewards = rounded(samples, OBSERVATIONS), rounded(samples, OBSERVATIONS), 2 * rounded(samples)
    actions = torch.randint(ACTIONS, (samples,))
    discounts = torch.where(torch.rand(samples) < 0.3, 0.0, 0.970299).float().double()
    masks = torch.ones(samples, ACTIONS, dtype=torch.float64)
    if masked:
        masks = (torch.rand(samples, ACTIONS) < 0.6).double()
        masks[torch.arange(samples), torch.randint(ACTIONS, (samples,))] = 1
    optimizer = torch.optim.Adam(online.parameters(), lr=2e-3)
    trace = []
    for _ in range(updates):
        rows = torch.randint(samples, (batch,))
        weights = torch.rand(batch, dtype=torch.float32).double() if weighted else torch.ones(batch, dtype=torch.float64)
        with torch.no_grad():
            judged = target(following[rows])
            allowed = torch.where(masks[rows] > 0, online(following[rows]) if double else judged, torch.tensor(-torch.inf, dtype=torch.float64))
            aims = rewards[rows] + discounts[rows] * judged.gather(1, allowed.argmax(1, keepdim=True))[:, 0]
        values = online(observations[rows]).gather(1, actions[rows][:, None])[:, 0]
        loss = (weights * F.smooth_l1_loss(values, aims, reduction="none")).mean()
        optimizer.zero_grad()
        loss.backward()
        gradients = torch.cat([p.grad.reshape(-1) for p in online.parameters()]).tolist()
        torch.nn.utils.clip_grad_norm_(online.parameters(), max_norm)
        optimizer.step()
        trace.append(dict(rows=rows.tolist(), weights=weights.tolist(), loss=loss.item(), gradients=gradients, parameters=flat(online)))
    DIRECTORY.mkdir(exist_ok=True, parents=True)
    (DIRECTORY / f"{name}.json").write_text(json.dumps(dict(
        double=double, masked=masked, maxGradNorm=max_norm, start=start, target=flat(target), observations=observations.reshape(-1).tolist(),
        following=following.reshape(-1).tolist(), rewards=rewards.tolist(), actions=actions.tolist(), discounts=discounts.tolist(), masks=masks.reshape(-1).tolist(), trace=trace)))


def main():
    torch.set_default_dtype(torch.float64)
    make("Plain", 1, double=False)
    make("Double", 2, double=True)
    make("DoubleMaskedWeighted", 3, double=True, masked=True, weighted=True, max_norm=0.1)
    make("PlainMasked", 4, double=False, masked=True)


if __name__ == "__main__":
    main()
