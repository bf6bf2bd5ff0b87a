"""pandas: merge on the exploded (region, industry, borrower), filter, the first ten of each group."""

import numpy as np
import pandas as pd
from workload import BEST, Answer, Columns, Run, Workload, answer_of_keys, key_of, main, points


def columns(frame: pd.DataFrame) -> Columns:
    return {name: frame[name].to_numpy() for name in frame.columns}


def prepare(w: Workload, threads: int) -> Run:
    keys = ["region", "industry", "borrower"]
    lists = pd.DataFrame(w.exploded(*keys))
    tests = ["securities", "amount_min", "amount_most", "instrument_bit", "debt_max", "years_min", "must_have"]
    products = pd.DataFrame(w.q)
    lists = lists.join(products[[*tests, "tenor_max"]], on="product")
    asked = ["security_bit", "need", "gates", "debt", "years", "has", "tenor"]
    projects = pd.DataFrame(w.p)
    left = projects[["project", *keys, *asked]]

    def run() -> Answer:
        pairs = left.merge(lists, on=keys)
        pairs = pairs[
            (pairs.securities & pairs.security_bit != 0)
            & (pairs.amount_min <= pairs.need)
            & (pairs.need <= pairs.amount_most)
            & (pairs.gates & pairs.instrument_bit != 0)
            & (pairs.debt <= pairs.debt_max)
            & (pairs.years >= pairs.years_min)
            & (pairs.must_have & ~pairs.has == 0)
            & (pairs.tenor <= pairs.tenor_max)
        ][["project", "product"]]
        q, p = products.iloc[pairs["product"]], projects.iloc[pairs["project"]]
        pairs = pairs.assign(key=key_of(points(columns(q), columns(p), w.weight), q["product"].to_numpy()))
        permitted = np.bincount(pairs["project"], minlength=w.projects)
        best = pairs.sort_values(["project", "key"], ascending=[True, False]).groupby("project").head(BEST)
        return answer_of_keys(w.projects, best["project"].to_numpy(), best["key"].to_numpy(), permitted)

    return run


if __name__ == "__main__":
    main("pandas, merge", pd.__version__, prepare)
