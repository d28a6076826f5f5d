#!/usr/bin/env python3
"""
Writes tests/GenNet.Tests/Reference/ppo/*.json: PPO's loss of given minibatches, its gradients and the weights after updates with Adam, by automatic differentiation in double precision.
The loss is that of Stable-Baselines3; each network's gradients are clipped by themselves.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "ppo"
OBSERVATIONS = 5
UNITS = 12
WINDOW = 7


def network(outputs):
    return torch.nn.Sequential(torch.nn.Linear(OBSERVATIONS, 12), torch.nn.Tanh(), torch.nn.Linear(12, outputs))


class Trunk(torch.nn.Module):
    def __init__(self, outputs):
        super().__init__()
        self.trunk = torch.nn.Sequential(torch.nn.Linear(OBSERVATIONS, 12), torch.nn.Tanh())
        self.Policy = torch.nn.Sequential(torch.nn.Linear(12, outputs))
        self.Value = torch.nn.Sequential(torch.nn.Linear(12, 1))

    def forward(self, x):
        x = self.trunk(x)
        return self.Policy(x), self.Value(x)


class Memory(torch.nn.Module):
    """Goes through windows [windows, steps, OBSERVATIONS] from given states on, and forgets where it is told to."""

    def __init__(self, outputs):
        super().__init__()
        self.gru = torch.nn.GRU(OBSERVATIONS, UNITS, batch_first=True)
        self.dense = torch.nn.Linear(UNITS, outputs)

    def forward(self, x, state, resets):
        outputs = []
        for step in range(x.shape[1]):
            state = state * (1 - resets[:, step, None])
            _, state = self.gru(x[:, step:step + 1], state[None])
            state = state[0]
            outputs.append(self.dense(state))
        return torch.stack(outputs, 1)


def flat(module):
    return torch.cat([p.detach().reshape(-1) for p in module.parameters()]).tolist()


def rounded(*shape):
    return torch.randn(*shape, dtype=torch.float32).double()


def make(name, number, actions, discrete, shared=False, masked=False, normalize=True, clip_vf=None, entropy=0.01, max_norm=0.5, samples=150, batches=3, recurrent=False, first=140):
    torch.manual_seed(number)
    modules = [Trunk(actions)] if shared else [Memory(actions), Memory(1)] if recurrent else [network(actions), network(1)]
    for module in modules:
        for p in module.parameters():
            p.data = (0.6 * torch.randn(p.shape, dtype=torch.float32)).double()
    log_std = torch.full((actions,), -0.25, dtype=torch.float64, requires_grad=True) if not discrete else None
    start = [flat(m) for m in modules]
    x = rounded(samples, OBSERVATIONS)
    masks = torch.ones(samples, actions, dtype=torch.float64)
    if masked:
        masks = (torch.rand(samples, actions) < 0.6).double()
        masks[torch.arange(samples), torch.randint(actions, (samples,))] = 1
    action = torch.stack([torch.multinomial(m, 1)[0] for m in masks]).double().reshape(-1, 1) if discrete else rounded(samples, actions)

    windows = samples // WINDOW if recurrent else 0
    states = [rounded(windows, UNITS) for _ in modules] if recurrent else [torch.zeros(0), torch.zeros(0)]
    resets = (torch.rand(windows, WINDOW) < 0.2).double() if recurrent else torch.zeros(0, WINDOW)
    resets[:, 0] = 0

    def outputs(rows):
        if recurrent:
            # Whole windows, whose rows follow one another.
            some = rows[::WINDOW] // WINDOW
            policy, value = (module(x.reshape(windows, WINDOW, -1)[some], state[some], resets[some]).reshape(len(rows), -1)
                             for module, state in zip(modules, states))
            return policy, value[:, 0]
        policy, value = modules[0](x[rows]) if shared else (modules[0](x[rows]), modules[1](x[rows]))
        return policy, value[:, 0]

    def distribution(policy, rows):
        if discrete:
            return torch.distributions.Categorical(logits=torch.where(masks[rows] > 0, policy, torch.tensor(-1e8, dtype=torch.float64)))
        return torch.distributions.Normal(policy, log_std.exp())

    def log_probability(d, rows):
        return d.log_prob(action[rows, 0]) if discrete else d.log_prob(action[rows]).sum(1)

    every = torch.arange(samples)
    with torch.no_grad():
        policy, value = outputs(every)
        old = (log_probability(distribution(policy, every), every) + 0.3 * rounded(samples)).float().double()
        values = (value + 0.3 * rounded(samples)).float().double()
    advantages, returns = 2 * rounded(samples) + 0.5, rounded(samples)
    optimizers = [torch.optim.Adam(m.parameters(), lr=3e-3, eps=1e-5) for m in modules]
    own = torch.optim.Adam([log_std], lr=3e-3, eps=1e-5) if not discrete else None
    trace = []
    for _ in range(batches):
        order = torch.randperm(windows)[:, None] * WINDOW + torch.arange(WINDOW) if recurrent else torch.randperm(samples)
        order = order.reshape(-1)
        steps = []
        for rows in (order[:first], order[first:]):
            policy, value = outputs(rows)
            d = distribution(policy, rows)
            a = advantages[rows]
            if normalize:
                a = (a - a.mean()) / (a.std() + 1e-8)
            difference = log_probability(d, rows) - old[rows]
            ratio = difference.exp()
            surrogate = torch.min(a * ratio, a * ratio.clamp(0.8, 1.2)).mean()
            predicted = value if clip_vf is None else values[rows] + (value - values[rows]).clamp(-clip_vf, clip_vf)
            error = F.mse_loss(returns[rows], predicted)
            spread = d.entropy().mean() if discrete else d.entropy().sum(1).mean()
            loss = -surrogate - entropy * spread + 0.5 * error
            for o in optimizers + ([own] if own else []):
                o.zero_grad()
            loss.backward()
            gradients = [torch.cat([p.grad.reshape(-1) for p in m.parameters()]).tolist() for m in modules]
            for m, o in zip(modules, optimizers):
                torch.nn.utils.clip_grad_norm_(m.parameters(), max_norm)
                o.step()
            if own:
                torch.nn.utils.clip_grad_norm_([log_std], max_norm)
                own.step()
            steps.append(dict(
                rows=rows.tolist(), policyLoss=-surrogate.item(), valueLoss=error.item(), entropy=spread.item(),
                approxKl=(ratio - 1 - difference).mean().item(), clipped=((ratio - 1).abs() > 0.2).double().mean().item(),
                gradients=gradients, weights=[flat(m) for m in modules], logStd=log_std.tolist() if own else []))
        trace += steps
    DIRECTORY.mkdir(exist_ok=True, parents=True)
    (DIRECTORY / f"{name}.json").write_text(json.dumps(dict(
        discrete=discrete, shared=shared, actions=actions, masked=masked, normalize=normalize, clipRangeVf=clip_vf, entCoef=entropy, maxGradNorm=max_norm,
        window=WINDOW if recurrent else 1, policyStates=states[0].tolist(), valueStates=states[1].tolist(), ended=(resets.roll(-1, 1).reshape(-1) > 0).tolist(), start=start, observations=x.reshape(-1).tolist(), taken=action.reshape(-1).tolist(), masks=masks.reshape(-1).tolist() if masked else [],
        oldLogProbabilities=old.tolist(), values=values.tolist(), advantages=advantages.tolist(), returns=returns.tolist(), trace=trace)))


def main():
    torch.set_default_dtype(torch.float64)
    make("Discrete", 1, 3, True)
    make("DiscreteMasked", 2, 4, True, masked=True)
    make("DiscreteShared", 3, 3, True, shared=True, masked=True, clip_vf=0.2)
    make("DiscretePlain", 4, 2, True, normalize=False, entropy=0, max_norm=100)
    make("Continuous", 5, 2, False)
    make("ContinuousShared", 6, 2, False, shared=True, clip_vf=0.1)
    make("Recurrent", 8, 3, True, masked=True, batches=2, samples=23 * WINDOW, first=20 * WINDOW, recurrent=True)
    make("RecurrentContinuous", 9, 2, False, batches=2, samples=40 * WINDOW, first=30 * WINDOW, recurrent=True, clip_vf=0.3)
    make("ContinuousOne", 7, 1, False, normalize=False, entropy=0, max_norm=0.05)


if __name__ == "__main__":
    main()
