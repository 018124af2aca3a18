"""What qualified leads are due to, by each model of attribution, with what nobody can attribute."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from commsleads.contract import Period
from commsleads.facts.goal_values import CreditRow, CreditTable
from commsleads.facts.ground import Ground
from commsleads.rules.leads.credit import HALF_LIFE, KEYS, LOOKBACK, MODELS, by_model
from commsleads.store.engine import stamp
from commsleads.store.leads import credit as rows
from commsleads.store.leads.credit import Qualified, Touched

LINEAR = MODELS.index("linear")


def credit(ground: Ground, period: Period, key: str = "campaign", lookback: timedelta = LOOKBACK) -> CreditTable:
    """The models side by side for leads qualified in the period. `key` is campaign, source or channel.

    Raises ValueError for another key.
    """
    if key not in KEYS:
        raise ValueError(f"“{key}” is no key of credit: {', '.join(KEYS)}")
    leads = rows.qualified(ground.session, stamp(period.start), stamp(min(period.end, ground.now)))
    given: dict[str, list[int]] = {"": [0] * len(MODELS)}
    touched: Counter[str] = Counter()
    for lead, found in rows.touched(ground.session, leads, key):
        ages, mine = _ages(lead, found, lookback)
        keys = [_known(one.key) for one in mine] or [""]
        names = set(keys)
        touched.update(names)
        for name in names:
            if name not in given:
                given[name] = [0] * len(MODELS)
        if len(names) == 1:  # whatever the model, all of it is theirs
            sums = given[keys[0]]
            sums[:] = [one + 1000 for one in sums]
            continue
        opener = next((place for place, one in enumerate(mine) if one.id == lead.opener), -1)
        for place, parts in enumerate(by_model(keys, ages, opener)):
            for name, part in parts.items():
                given[name][place] += part
    order = sorted(given, key=lambda name: (name == "", -given[name][LINEAR], name))
    words = (lead.self_reported for lead in leads)
    said = Counter(" ".join(one.split()).casefold() for one in words if one is not None)
    # Reports are kept and go to many: what one person said in words of their own could not be forgotten there.
    shared = {one: n for one, n in said.items() if n > 1 or not one}
    return CreditTable(
        period=period,
        key=key,
        leads=len(leads),
        models=MODELS,
        rows=tuple(CreditRow(name=name, credits=tuple(given[name]), touched=touched[name]) for name in order),
        self_reported=tuple(sorted(shared.items(), key=lambda one: (-one[1], one[0]))),
        alone=said.total() - sum(shared.values()),
        lookback=lookback,
        half_life=HALF_LIFE,
        query=ground.command("lead list --qualified", period),
    )


def _known(name: str) -> str:
    return "" if name == "not known" else name


def _ages(lead: Qualified, found: list[Touched], lookback: timedelta) -> tuple[list[float], list[Touched]]:
    """The touches within the lookback, and how many seconds before the lead qualified each was."""
    then = datetime.fromisoformat(lead.at)
    first = stamp(then - lookback)
    mine = [one for one in found if one.at >= first]
    end = then.timestamp()
    return [end - datetime.fromisoformat(one.at).timestamp() for one in mine], mine
