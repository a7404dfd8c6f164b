"""Shares of outcomes that improved in groups: their limits, and pooled towards the whole.

Small groups differ by chance more than large ones. A pooled share is the group's own where
it is large or groups really differ, and near the share of all where it is small (a normal
empirical Bayes estimate; DerSimonian and Laird, 1986, for how much groups differ). It is
made of the groups that are shown, so it tells nothing of the hidden ones.
"""

import numpy as np
import pandas as pd

from cri_data.statistics.exact import Numbers
from cri_data.statistics.shares import wilson_interval


def answer(rows: pd.DataFrame) -> pd.DataFrame:
    """The groups with the limits of their share, and the pooled share."""
    improved, n = (rows[name].astype(float) for name in ("outcomes_improved", "n"))
    low, high = wilson_interval(improved, n)
    return rows.assign(
        share_improved_low=low,
        share_improved_high=high,
        share_improved_pooled=pooled(improved.to_numpy(), n.to_numpy()),
    )


def pooled(part: Numbers, whole: Numbers) -> Numbers:
    """Each share, drawn towards that of all; unknown where the whole is 0 or unknown."""
    shares = np.full(len(whole), np.nan)
    known = np.flatnonzero(whole > 0)
    if not len(known):
        return shares
    hits, tries = part[known], whole[known]
    of_all = hits.sum() / tries.sum()
    own = hits / tries
    # Of each group's share around that of all, if groups did not differ at all.
    by_chance = of_all * (1 - of_all) / tries
    between = _variance_between(own, by_chance) if of_all * (1 - of_all) > 0 else 0.0
    weight = between / (between + by_chance) if between else np.zeros(len(known))
    shares[known] = weight * own + (1 - weight) * of_all
    return shares


def _variance_between(own: Numbers, by_chance: Numbers) -> float:
    """How much groups differ beyond chance: the estimate of DerSimonian and Laird."""
    weights = 1 / by_chance
    middle = (weights * own).sum() / weights.sum()
    spread = (weights * (own - middle) ** 2).sum()
    room = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float((spread - (len(own) - 1)) / room)) if room > 0 else 0.0
