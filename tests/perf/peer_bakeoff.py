"""The bake-off's peer: SciPy analyses the same scores.

Usage: peer_bakeoff.py SCORES.f64 CANDIDATES CRITERIA CASES RESAMPLES REFITS
SCORES holds little-endian doubles by candidate, criterion, case. Every mean and every difference of two candidates gets a BCa interval
(scipy.stats.bootstrap of one vector, in batches that stay in memory), every criterion Bradley-Terry strengths (scipy.optimize, with the
gradient) refitted to REFITS resamples of the cases. All of it takes SciPy many minutes, so MEASURED figures and MEASURED_REFITS refits of
one criterion are timed and scaled up to the whole; the line printed says so.
Prints one line of JSON: seconds (scaled), seconds measured, version, the intervals found as [first, second, criterion, low, high], and the
strengths of the last criterion.
"""

import itertools
import json
import sys
import time

import numpy as np
import scipy
from scipy import optimize, stats

MEASURED = 4
MEASURED_REFITS = 50


def wins(scores, counts):
    """Half a win for a tie: won[i, j] counts i over j, each case as often as it was drawn."""
    k = len(scores)
    won = np.zeros((k, k))
    for i, j in itertools.permutations(range(k), 2):
        won[i, j] = counts @ ((scores[i] > scores[j]) + 0.5 * (scores[i] == scores[j]))
    return won


def strengths(won, start):
    games = won + won.T

    def loss(beta):
        beta = np.concatenate([[0.0], beta])
        d = beta[:, None] - beta[None, :]
        p = 1 / (1 + np.exp(-d))
        return -(won * np.log(p)).sum(), -(won - games * p).sum(axis=1)[1:]

    found = optimize.minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-6 * won.sum()})
    return found.x


def main(path, candidates, criteria, cases, resamples, refits):
    scores = np.fromfile(path, dtype="<f8").reshape(candidates, criteria, cases)
    pairs = list(itertools.combinations(range(candidates), 2))
    rng = np.random.default_rng(1)

    limits = []
    start = time.perf_counter()
    for at in range(MEASURED):
        (first, second), criterion = pairs[at * 7 % len(pairs)], at % criteria
        found = stats.bootstrap((scores[first, criterion] - scores[second, criterion],), np.mean, n_resamples=resamples, method="BCa",
                                batch=500, rng=rng).confidence_interval
        limits.append([first, second, criterion, float(found.low), float(found.high)])
    measured = time.perf_counter() - start
    intervals = measured / MEASURED * (len(pairs) + candidates) * criteria

    start = time.perf_counter()
    last = scores[:, criteria - 1]
    point = strengths(wins(last, np.ones(cases)), np.zeros(candidates - 1))
    once = time.perf_counter() - start
    for _ in range(MEASURED_REFITS):
        strengths(wins(last, rng.multinomial(cases, np.full(cases, 1 / cases)).astype(float)), point)
    whole = time.perf_counter() - start
    fits = criteria * (once + (whole - once) / MEASURED_REFITS * refits)

    print(json.dumps({"seconds": intervals + fits, "intervals": intervals, "strengths": fits, "measured": measured + whole,
                      "measured_of": [MEASURED, (len(pairs) + candidates) * criteria, MEASURED_REFITS, criteria * refits],
                      "version": scipy.__version__, "limits": limits, "log_strength": [0.0, *map(float, point)]}))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:7]))
