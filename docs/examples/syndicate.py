"""The best syndicate for 2亿元, exactly, and what the rules of its day say. C++ twin: syndicate.cpp, which prints
the same. All three lenders are invented.
"""

import huoshui as hs
from huoshui.syndicate import Deal, Institution, RepaymentTerms, TrancheAsk, cash_flows, propose, verify

deal = Deal(
    id="示例",
    signing="2025-03-03",
    tranches=[TrancheAsk(amount="2亿元", tenor_months="10年", repayment=RepaymentTerms(grace_months="2年"))],
    region="441625",
    public_debt="clear",
)
institutions = [
    Institution(id="甲", max_ticket="1.5亿元", rate="3.4%"),
    Institution(
        id="乙",
        kind="rural_commercial_bank",
        net_capital="9亿元",
        client_loans="1000万元",
        rate="3.5%",
        places=["441625"],
    ),
    Institution(id="丙", max_ticket="1亿元", rate="3.6%"),
]
policy = hs.Policy.bundled().at(deal.signing)

proposal = propose(deal, institutions, policy)
print(proposal.text_zh)
print(proposal.proof.text_zh)
best = proposal.structures[0].structure
for member in best.members:
    print(member.institution, member.role, member.amount)
for part in cash_flows(best, deal).parts:
    print(f"{part.institution}收息{hs.Money(part.schedule.interest)}")
for finding in verify(best, deal, institutions, policy):
    if finding.standing == "caution":
        print(finding.text())
