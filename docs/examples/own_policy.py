"""Lay a pack of one's own over the bundled policy. C++ twin: own_policy.cpp, which prints the same."""

import tempfile
from pathlib import Path

import huoshui as hs

# A house rule, invented for this example: working-capital loans up to two years.
PACK = (
    "series,key,value,unit,applies_to,effective_from,effective_to,instrument_name,issuer,document,clause,confidence,acts_as,note\n"
    "working_capital_loan.tenor_general_max_years,house.working_capital,2,years,流动资金贷款,2026-01-01,,"
    "示例内部规定,示例银行,示例〔2026〕1号,第三条,high,advice,\n"
)

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder) / "own.csv"
    file.write_text(PACK, encoding="utf-8")
    pack = hs.PolicyPack.bundled(overlay=file)

for source in (hs.PolicyPack.bundled(), pack):
    catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), source.at("2026-03-01"))
    for rule in catalogue.rules("D011"):  # a working-capital loan
        if rule["id"] == "policy.tenor.working_capital.general":
            print(f"{rule['text_zh']}\n  依据：{rule['citation']}")
