#!/usr/bin/env python3
"""
Writes tests/GenNet.Tests/Reference/environments/*.json: steps of CartPole-v1, Pendulum-v1, Acrobot-v1 and MountainCarContinuous-v0 from given states, and runs of 100 steps,
from the equations of motion in double precision with the sines of the C library.
"""
import json
import math
import pathlib
import random

DIRECTORY = pathlib.Path(__file__).parents[1] / "GenNet.Tests" / "Reference" / "environments"


def cart_pole(state, action):
    """Solves the cart's and the pole's equations of motion for both accelerations (Florian 2007, eqs. 23 and 24, no friction)."""
    x, v, angle, w = state
    g, cart, pole, half, step = 9.8, 1.0, 0.1, 0.5, 0.02
    force = 10.0 if action == 1 else -10.0
    s, c = math.sin(angle), math.cos(angle)
    # (cart + pole)·a + pole·half·alpha·c = force + pole·half·w²·s;  c·a + 4/3·half·alpha = g·s
    a11, a12, b1 = cart + pole, pole * half * c, force + pole * half * w * w * s
    a21, a22, b2 = c, 4 / 3 * half, g * s
    determinant = a11 * a22 - a12 * a21
    acceleration, angular = (b1 * a22 - a12 * b2) / determinant, (a11 * b2 - a21 * b1) / determinant
    state = [x + step * v, v + step * acceleration, angle + step * w, w + step * angular]
    return state, state, 1.0, abs(state[0]) > 2.4 or abs(state[2]) > math.radians(12)


def pendulum(state, action):
    angle, w = state
    torque = max(-2.0, min(2.0, action))
    upright = math.remainder(angle, 2 * math.pi)
    reward = -(upright ** 2 + 0.1 * w ** 2 + 0.001 * torque ** 2)
    # A rod of mass 1 and length 1: inertia 1/3 about its end, weight 10 at its middle.
    w = max(-8.0, min(8.0, w + 0.05 * (0.5 * 10 * math.sin(angle) + torque) / (1 / 3)))
    angle += 0.05 * w
    return [angle, w], [math.cos(angle), math.sin(angle), w], reward, False


def mountain_car(state, action):
    x, v = state
    force = max(-1.0, min(1.0, action))
    v = max(-0.07, min(0.07, v + 0.0015 * force - 0.0025 * math.cos(3 * x)))
    x = max(-1.2, min(0.6, x + v))
    if x == -1.2:
        v = max(0.0, v)
    done = x >= 0.45 and v >= 0
    return [x, v], [x, v], (100.0 if done else 0.0) - 0.1 * force ** 2, done


def acrobot(state, action):
    """The mass matrix times the accelerations, plus velocities' and gravity's terms, equals the torques (Sutton and Barto's book, its order of Runge and Kutta's method)."""

    def derivative(q1, q2, w1, w2):
        m, l, c, inertia, g = 1.0, 1.0, 0.5, 1.0, 9.8
        m11 = m * c ** 2 + m * (l ** 2 + c ** 2 + 2 * l * c * math.cos(q2)) + 2 * inertia
        m12 = m * (c ** 2 + l * c * math.cos(q2)) + inertia
        m22 = m * c ** 2 + inertia
        h = m * l * c * math.sin(q2)
        r2 = m * c * g * math.sin(q1 + q2)
        r1 = (m * c + m * l) * g * math.sin(q1) + r2
        b1 = h * w2 ** 2 + 2 * h * w1 * w2 - r1
        b2 = (action - 1) - h * w1 ** 2 - r2
        determinant = m11 * m22 - m12 * m12
        return w1, w2, (b1 * m22 - m12 * b2) / determinant, (m11 * b2 - m12 * b1) / determinant

    def moved(k, by):
        return [a + by * b for a, b in zip(state, k)]

    k1 = derivative(*state)
    k2 = derivative(*moved(k1, 0.1))
    k3 = derivative(*moved(k2, 0.1))
    k4 = derivative(*moved(k3, 0.2))
    q1, q2, w1, w2 = (a + 0.2 / 6 * (b + 2 * c + 2 * d + e) for a, b, c, d, e in zip(state, k1, k2, k3, k4))
    q1, q2 = math.remainder(q1, 2 * math.pi), math.remainder(q2, 2 * math.pi)
    w1, w2 = max(-4 * math.pi, min(4 * math.pi, w1)), max(-9 * math.pi, min(9 * math.pi, w2))
    done = -math.cos(q1) - math.cos(q1 + q2) > 1
    return [q1, q2, w1, w2], [math.cos(q1), math.sin(q1), math.cos(q2), math.sin(q2), w1, w2], 0.0 if done else -1.0, done


def single(x):
    """Rounded to what an action can be."""
    import struct
    return struct.unpack("f", struct.pack("f", x))[0]


def main():
    DIRECTORY.mkdir(exist_ok=True, parents=True)
    draw = random.Random(1)
    uniform = draw.uniform
    environments = {
        "CartPole": (cart_pole, lambda: [uniform(-2.5, 2.5), uniform(-3, 3), uniform(-0.25, 0.25), uniform(-3, 3)], lambda: float(draw.randrange(2)), [0.01, -0.02, 0.03, 0.04]),
        "Pendulum": (pendulum, lambda: [uniform(-20, 20), uniform(-8, 8)], lambda: single(uniform(-3, 3)), [3.0, 0.5]),
        "MountainCarContinuous": (mountain_car, lambda: [uniform(-1.2, 0.6), uniform(-0.07, 0.07)], lambda: single(uniform(-1.5, 1.5)), [-0.5, 0.0]),
        "Acrobot": (acrobot, lambda: [uniform(-3.1, 3.1), uniform(-3.1, 3.1), uniform(-12, 12), uniform(-28, 28)], lambda: float(draw.randrange(3)), [0.05, -0.05, 0.02, 0.08]),
    }
    for name, (step, state, action, start) in environments.items():
        steps = [(state(), action()) for _ in range(200)]
        run = start
        # What keeps the pole up for a while, so that 100 steps are within bounds; the others by chance.
        for _ in range(100):
            a = (1.0 if run[2] + 0.5 * run[3] + 0.05 * run[1] > 0 else 0.0) if name == "CartPole" else action()
            steps.append((run, a))
            run = step(run, a)[0]
        rows = []
        for before, a in steps:
            after, observation, reward, terminated = step(before, a)
            rows.append(dict(state=before, action=a, next=after, observation=observation, reward=reward, terminated=terminated))
        (DIRECTORY / f"{name}.json").write_text(json.dumps(dict(steps=rows[:200], run=rows[200:])))


if __name__ == "__main__":
    main()
