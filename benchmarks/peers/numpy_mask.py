"""NumPy as in a notebook: for each project one mask over all products, then the ten best of those left."""

import numpy as np
from workload import BEST, Answer, Run, Workload, key_of, main, points


def prepare(w: Workload, threads: int) -> Run:
    # All columns in one table, so that one gather takes the rows that are left.
    names = list(w.q)
    table = np.stack([w.q[name] for name in names], axis=1)
    p = {name: numbers.tolist() for name, numbers in w.p.items()}

    def run() -> Answer:
        out = Answer.empty(w.projects)
        for i in range(w.projects):
            one = {name: numbers[i] for name, numbers in p.items()}
            mask = w.region[one["region"]] & w.industry[one["industry"]]
            mask &= w.borrower[one["borrower"]]
            mask &= w.security[one["security"]]
            # What is left is few: go on with their rows.
            left = dict(zip(names, table[np.flatnonzero(mask)].T, strict=True))
            fits = (left["amount_min"] <= one["need"]) & (one["need"] <= left["amount_most"])
            fits &= (one["gates"] & left["instrument_bit"] != 0) & (one["debt"] <= left["debt_max"])
            fits &= (one["years"] >= left["years_min"]) & (one["tenor"] <= left["tenor_max"])
            fits &= left["must_have"] & ~one["has"] == 0
            rows = left["product"][fits]
            out.permitted[i] = len(rows)
            if len(rows) == 0:
                continue
            keys = key_of(points(dict(zip(names, table[rows].T, strict=True)), one, w.weight), rows)
            if len(keys) > BEST:
                keys = np.partition(keys, len(keys) - BEST)[-BEST:]
            keys = np.sort(keys)[::-1]
            out.points[i, : len(keys)] = keys >> 32
            out.rows[i, : len(keys)] = 0xFFFFFFFF - (keys & 0xFFFFFFFF)
        return out

    return run


if __name__ == "__main__":
    main("NumPy, mask for each project", np.__version__, prepare)
