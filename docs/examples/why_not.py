"""Why a product is refused, and the smallest change that lifts it. C++ twin: why_not.cpp, which prints the same."""

import huoshui as hs

LIST = hs.table_of_rows(
    [
        [
            "项目编号",
            "项目名称",
            "单位性质",
            "所属县区",
            "所属行业",
            "资金用途",
            "融资需求（万元）",
            "贷款期限",
            "担保方式",
        ],
        ["S1", "示例·柑橘园周转", "家庭农场", "紫金县", "柑橘", "经营周转", "45", "12个月", "信用"],
    ],
    file="清单.csv",
)
WORDS = {"permitted": "可对接", "undecided": "待补充", "refused": "不符合"}

projects = hs.load_projects(LIST)
policy = hs.Policy.bundled().at("2026-03-01")
catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), policy)

why = hs.explain(projects["S1"], "D027", catalogue)
print(f"结论：{WORDS[why.verdict]}")
for rule in why.rules:
    if rule["outcome"] == "fail":
        print(f"{rule['id']}\n  {rule['message']}")
for plan in why.changes["plans"]:
    for change in plan["changes"]:
        print(f"可行调整：{change['text']}")
    print(f"  调整后：{WORDS[plan['verdict_after']]}")
