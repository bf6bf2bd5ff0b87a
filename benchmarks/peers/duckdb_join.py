"""DuckDB: hash join on exploded (region, industry, borrower), filter, then the score and max(key, 10).

Small row groups, so that both threads have work: one group of the default size holds 122,880 projects.
"""

import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
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


def points(w: dict[str, int]) -> str:
    def fit(gap: str, span: int) -> str:
        return f"({FULL} - least(greatest({gap}, 0), {span})::BIGINT * {FULL} // {span})"

    held = f"""((p.held0 >> q.instrument) & 1) + 2 * ((p.held1 >> q.instrument) & 1)
        + ((q.needs & p.has & {INSURED}) != 0)::INT"""
    return f"""q.fixed_points
        + {w["amount"]} * {fit("q.amount_log - p.need_log", AMOUNT_SPAN)}
        + {w["tenor"]} * {fit("q.tenor_log - p.tenor_log", TENOR_SPAN)}
        + {w["policy"]} * CASE WHEN (q.measures & p.measure_bit) != 0 THEN {FULL}
                               WHEN (q.instrument_measures & p.measure_bit) != 0 THEN 600000 ELSE 0 END
        + {w["borrower"]} * CASE WHEN (q.named_borrowers & p.borrower_bit) != 0 THEN {FULL} ELSE 700000 END
        + {w["text"]} * ((bit_count(q.text0 & p.text0)::INT + bit_count(q.text1 & p.text1)::INT)
                         * {FULL} // q.text_pairs // 2)
        + {w["prefer"]} * CASE WHEN (q.needs & p.has & {CREDIT_FILE}) != 0 THEN {FULL} ELSE 0 END
        + {w["caution"]} * CASE WHEN q.shoulds = 0 THEN {FULL} ELSE ({held}) * {FULL} // q.shoulds END"""


def prepare(w: Workload, threads: int) -> Run:
    folder = tempfile.TemporaryDirectory()
    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    # Joins as written, the right side hashed: the optimiser's own order takes 2.7 times as long on M.
    db.execute("SET disabled_optimizers = 'build_side_probe_side,join_order'")
    db.execute(f"ATTACH '{Path(folder.name) / 'w.db'}' AS w (ROW_GROUP_SIZE 8192)")
    db.execute("USE w")

    def table(name: str, columns: dict[str, np.ndarray]) -> None:
        # As narrow as the numbers allow: the hash table is built from these.
        frame = pd.DataFrame({n: c.astype(np.min_scalar_type(int(-abs(c).max() - 1))) for n, c in columns.items()})
        db.register("given", frame)
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        db.unregister("given")

    keys = w.join_keys()
    lists = w.exploded(*keys)
    tests = ["borrowers", "securities", "amount_min", "amount_most", "instrument_bit"]
    tests += ["debt_max", "years_min", "must_have", "tenor_max"]
    table("lists", lists | {n: w.q[n][lists["product"]] for n in tests})
    table("products", w.q)
    table("projects", w.p)
    # Both sides of the long join hold only what is tested; what is scored joins the few pairs that are left.
    on = ", ".join(keys)
    query = f"""
        CREATE OR REPLACE TABLE answer AS
        WITH asked AS (
          SELECT project, {on}, borrower_bit, security_bit, need, gates, debt, years, has, tenor FROM projects),
        pairs AS (
          SELECT a.project, t.product FROM asked a JOIN lists t USING ({on})
          WHERE {"TRUE" if "borrower" in keys else "(t.borrowers & a.borrower_bit) != 0"}
            AND (t.securities & a.security_bit) != 0 AND t.amount_min <= a.need AND a.need <= t.amount_most
            AND (a.gates & t.instrument_bit) != 0 AND a.debt <= t.debt_max
            AND a.years >= t.years_min AND (t.must_have & ~a.has) = 0 AND a.tenor <= t.tenor_max)
        SELECT p.project, count(*) AS permitted,
               max((({points(w.weight)})::BIGINT << 32) | (4294967295 - q.product), {BEST}) AS keys
        FROM pairs JOIN products q USING (product) JOIN projects p USING (project)
        GROUP BY p.project"""

    def read() -> Answer:
        found = db.execute("SELECT project, permitted FROM answer").fetchnumpy()
        permitted = np.zeros(w.projects, np.int64)
        permitted[found["project"]] = found["permitted"]
        best = db.execute("SELECT project, unnest(keys) AS key FROM answer ORDER BY project, key DESC").fetchnumpy()
        return answer_of_keys(w.projects, best["project"].astype(np.int64), best["key"], permitted)

    checked = False

    def run() -> Answer | None:
        nonlocal checked
        folder.name  # noqa: B018  # kept as long as the query
        db.execute(query)
        if checked:
            return None  # timed: the answer stays in its table
        checked = True
        return read()

    return run


if __name__ == "__main__":
    main("DuckDB, hash join", duckdb.__version__, prepare)
