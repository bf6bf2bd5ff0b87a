"""Train the shipped instrument model: `python -m huoshui.training DEALS.csv --out WEIGHTS`; see `./run train`.

Of a file of deals only what `huoshui evaluate` may read is read: the place, the borrower, the words and the amounts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from huoshui.evaluation import load_deals
from huoshui.suggestions import InstrumentModel

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Write the weights that the deals and the library's own phrases give."""
    parser = argparse.ArgumentParser(prog="python -m huoshui.training", description="Train the instrument model.")
    parser.add_argument("deals", type=Path, nargs="?", help="a CSV of deals; without it, phrases alone")
    parser.add_argument("--out", type=Path, required=True, help="the file of weights to write")
    options = parser.parse_args(arguments)
    deals = load_deals(options.deals) if options.deals else None
    model = InstrumentModel.train(
        deals.projects() if deals else [], [deal.right[0] for deal in deals.deals] if deals else []
    )
    weights = model.serialise()
    options.out.write_bytes(weights)
    print(f"{len(deals.deals) if deals else 0} 条成交记录，{len(weights)} 字节，写入 {options.out}")


if __name__ == "__main__":
    main()
