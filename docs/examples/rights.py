"""What may be lent on 安吉's public-forest compensation, and which pledges were made twice. C++ twin: rights.cpp,
which prints the same.
"""

import huoshui as hs
from huoshui.rights import Asset, Pledge, double_pledges, propose

asset = Asset(
    right="public_forest_income",
    quantity="4794亩",
    fen_per_unit="35元/亩",
    clear_title=True,
    pledged_already=False,
    registry="registered",
    need_fen="83万元",
)
policy = hs.Policy.bundled().at("2026-03-01")

for line in propose(asset, policy).explain():
    print(line)

pledges = [
    Pledge(project="示例一", kind="livestock", unique_number="EAR 17"),
    Pledge(project="示例二", kind="livestock", unique_number="ear-17"),
]
for pair in double_pledges(pledges):
    print(f"{pledges[pair.first].project}、{pledges[pair.again].project} {pair.key}")
