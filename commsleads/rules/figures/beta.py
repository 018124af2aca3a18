"""The regularised incomplete beta function, and with it the chances of counts without adding them up one by one."""

from __future__ import annotations

import math

MOST = 5_000
NEAR = 1e-11
TINY = 1e-300


def beta_share(a: float, b: float, x: float) -> float:
    """I_x(a, b) for positive `a` and `b`, by its continued fraction (NIST, Digital Library of Mathematical Functions,
    8.17.22) in Lentz's way, which needs about the square root of the larger of the two in steps."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):  # the other end converges faster
        return 1.0 - _fraction(b, a, 1 - x)
    return _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x) - math.log(a)
    )
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1.0 / _away(1.0 + even * d), _away(1.0 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1.0 / _away(1.0 + odd * d), _away(1.0 + odd / c)
        step = d * c
        value *= step
        if abs(step - 1.0) < NEAR:
            break
    return min(1.0, max(0.0, front * value))


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY


def counted_below(count: int, mean: float, variance: float) -> float:
    """The chance that a negative binomial count of this mean and variance (above the mean) is less, and half the
    chance that it is the same: the mid-p, which keeps small counts from never being surprising (Lancaster 1961)."""
    size, share = mean * mean / (variance - mean), mean / variance
    less = beta_share(size, count, share) if count else 0.0
    log = (
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        + size * math.log(share)
        + count * math.log1p(-share)
    )
    return less + math.exp(log) / 2
