"""What a chain of three parties can borrow, and what would unlock more. C++ twin: supply_chain.cpp, which prints the
same.
"""

import huoshui as hs
from huoshui.supply_chain import Chain, Claim, Party, Terms, propose, unlocks

parties = [
    Party(id="A", name="示例企业", role="anchor", exposure_limit="100万元"),
    Party(id="S", name="示例合作社", role="cooperative", asked="30万元"),
    Party(id="T", name="示例基地", role="base"),
]
claims = [
    Claim(id="R1", holder="S", buyer="A", amount="200万元", due_day="2026-06-01", confirmed=True, registered=True),
    Claim(id="R2", holder="T", buyer="S", amount="50万元", due_day="2026-06-01", confirmed=True),
]
terms = Terms(advance_rate={"receivable": "80%"}, tier_decay="90%")
policy = hs.Policy.bundled().at("2026-03-01")

chain = Chain.build(parties, claims)
plan = propose(chain, policy, terms)
for line in plan.explain():
    print(line)
for act in unlocks(chain, policy, terms):
    print(act.sentence)
