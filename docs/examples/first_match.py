"""A list and a handbook in, rankings out. C++ twin: first_match.cpp, which prints the same."""

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
        ["S1", "示例·柑橘园周转", "家庭农场", "紫金县", "柑橘", "经营周转", "30", "12个月", "信用"],
        ["S2", "示例·茶叶加工厂扩建", "民营企业", "东源县", "茶叶加工", "技术改造", "500", "3年", "厂房抵押"],
    ],
    file="清单.csv",
)

projects = hs.load_projects(LIST)  # a path to a .csv or .xlsx file serves as well
policy = hs.Policy.bundled().at("2026-03-01")
catalogue = hs.Catalogue.compile(hs.bundled_products(illustrative=True), policy)

answer = hs.Matcher(catalogue).match(projects, k=3, possible=2)
for project in projects:
    counts = answer.counts_of(project.id)
    print(f"{project.name}：可对接 {counts.permitted}，待补充 {counts.undecided}，不符合 {counts.refused}")
    for offer in answer[project.id]:
        print(f"  可对接 {offer.product.name} {offer.points // 1_000_000} 分")
    for offer in answer.possible(project.id):
        print(f"  待补充 {offer.product.name} {offer.points // 1_000_000} 分")
