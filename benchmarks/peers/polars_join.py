"""Polars, lazily: join on the exploded (region, industry, borrower), filter, the ten largest keys of each group."""

import numpy as np
import polars as pl
from workload import (
    AMOUNT_SPAN,
    BEST,
    CREDIT_FILE,
    FULL,
    INSURED,
    TENOR_SPAN,
    Answer,
    Run,
    Workload,
    answer_of_keys,
    main,
)


def points(weight: dict[str, int]) -> pl.Expr:
    c = pl.col

    def fit(gap: pl.Expr, span: int) -> pl.Expr:
        return FULL - gap.clip(0, span) * FULL // span

    def when(test: pl.Expr, yes: int, no: pl.Expr | int) -> pl.Expr:
        return pl.when(test).then(pl.lit(yes, pl.Int64)).otherwise(no)

    named, served = c("measures") & c("measure_bit"), c("instrument_measures") & c("measure_bit")
    shared = (c("text0") & c("text0_p")).bitwise_count_ones() + (c("text1") & c("text1_p")).bitwise_count_ones()
    wishes = c("needs") & c("has")
    held = when(c("held0") & c("instrument_bit") != 0, 1, 0) + when(c("held1") & c("instrument_bit") != 0, 2, 0)
    held += when(wishes & INSURED != 0, 1, 0)
    return (
        c("fixed_points")
        + weight["amount"] * fit(c("amount_log") - c("need_log"), AMOUNT_SPAN)
        + weight["tenor"] * fit(c("tenor_log") - c("tenor_log_p"), TENOR_SPAN)
        + weight["policy"] * when(named != 0, FULL, when(served != 0, 600_000, 0))
        + weight["borrower"] * when(c("named_borrowers") & c("borrower_bit") != 0, FULL, 700_000)
        + weight["text"] * (shared.cast(pl.Int64) * FULL // c("text_pairs") // 2)
        + weight["prefer"] * when(wishes & CREDIT_FILE != 0, FULL, 0)
        + weight["caution"] * when(c("shoulds") == 0, FULL, held * FULL // c("shoulds"))
    )


def prepare(w: Workload, threads: int) -> Run:
    keys = w.join_keys()
    assert pl.thread_pool_size() == threads, "POLARS_MAX_THREADS is read when Polars is loaded"
    products = pl.DataFrame(w.q)
    small = [pl.col(k).cast(pl.Int32) for k in keys]
    lists = pl.DataFrame(w.exploded(*keys)).join(products, on="product").with_columns(small)
    names = {name: f"{name}_p" for name in w.p if name in products.columns}
    projects = pl.DataFrame(w.p).rename(names).with_columns(small)
    c = pl.col
    query = (
        projects.lazy()
        .join(lists.lazy(), on=keys)
        .filter(
            # True of every pair where the borrower was joined on.
            c("borrowers") & c("borrower_bit") != 0,
            c("securities") & c("security_bit") != 0,
            c("amount_min") <= c("need"),
            c("need") <= c("amount_most"),
            c("gates") & c("instrument_bit") != 0,
            c("debt") <= c("debt_max"),
            c("years") >= c("years_min"),
            c("must_have") & ~c("has") == 0,
            c("tenor") <= c("tenor_max"),
        )
        .select("project", key=points(w.weight) * 2**32 + (0xFFFFFFFF - c("product")))
        .group_by("project")
        .agg(permitted=pl.len(), key=c("key").top_k(BEST).sort(descending=True))
        .sort("project")
    )

    def run() -> Answer:
        found = query.collect()
        permitted = np.zeros(w.projects, np.int64)
        permitted[found["project"].to_numpy()] = found["permitted"].to_numpy()
        best = found.select("project", "key").explode("key")
        return answer_of_keys(w.projects, best["project"].to_numpy(), best["key"].to_numpy(), permitted)

    return run


if __name__ == "__main__":
    main("Polars, join", pl.__version__, prepare)
