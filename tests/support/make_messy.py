"""Write the lists of tests/golden/messy and tests/golden/bad_input.

Run ``python tests/support/make_messy.py`` from anywhere; needs openpyxl, and msoffcrypto-tool for the locked file.
All projects are invented, places are real, telephone numbers are of the pattern 138000000xx. The expected values
beside each list are worked out by hand here, not computed by the library.
"""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path

import openpyxl

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
MESSY = GOLDEN / "messy"
BAD = GOLDEN / "bad_input"

WAN = 1_000_000  # fen
YI = 10_000_000_000
YUAN = 100

YC, ZJ, LC, LP, HP, DY = "441602", "441621", "441622", "441623", "441624", "441625"


def project(name, total=None, need=None, county=None):
    return {"name": name, "total_investment_fen": total, "financing_need_fen": need, "county_code": county}


def case(name, readme, read, projects, issues=()):
    folder = MESSY / name
    folder.mkdir(parents=True, exist_ok=True)
    assert readme.count("\n") == 2, name
    (folder / "README.md").write_text(readme + "\n", encoding="utf-8")
    expected = {
        "rows": {"read": read, "projects": len(projects), "other": read - len(projects)},
        "projects": projects,
        "issues": sorted(issues),
    }
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    return folder


def text(folder, file, content, encoding="utf-8", newline="\n"):
    (folder / file).write_bytes(content.replace("\n", newline).encode(encoding))


def book(folder, file, workbook):
    """Save with fixed times, so that a second run writes the same bytes."""
    workbook.properties.created = workbook.properties.modified = datetime.datetime(2026, 1, 1)
    raw = io.BytesIO()
    workbook.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(folder / file, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            fixed = zipfile.ZipInfo(entry.filename, (2026, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            body = source.read(entry)
            if entry.filename == "docProps/core.xml":
                start, end = body.index(b"<dcterms:modified"), body.index(b"</dcterms:modified>")
                body = body[:start] + b'<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z' + body[end:]
            target.writestr(fixed, body)


def sheet(workbook, title, rows, merged=(), hidden=False):
    page = workbook.create_sheet(title)
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    if hidden:
        page.sheet_state = "hidden"
    return page


def empty_book():
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    return workbook


def messy():
    # 01 -- kind A
    folder = case(
        "01_key_projects",
        "A 类：发改局年度重点项目计划表，UTF-8。\n"
        "标题、单位行、在建/新开工/预备分节、小计与合计；表头带年份，另有下一年的投资列。\n"
        "合计行总投资故意少写 1000 万元（应为 251500），须报 sum_mismatch；小计都对。",
        17,
        [
            project("灯塔灌区续建配套与现代化改造工程", 86_000 * WAN, 30_000 * WAN, DY),
            project("紫金县城区供水管网改造工程", 12_500 * WAN, 8_000 * WAN, ZJ),
            project("龙川县冷链物流中心建设项目", 23_000 * WAN, 15_000 * WAN, LC),
            project("和平县林下经济示范基地项目", 6_000 * WAN, 3_500 * WAN, HP),
            project("连平县鹰嘴蜜桃产业园二期工程", 14_000 * WAN, 9_000 * WAN, LP),
            project("源城区老旧小区改造工程", 110_000 * WAN, 60_000 * WAN, YC),
        ],
        ["sum_mismatch"],
    )
    text(
        folder,
        "2025年重点建设项目计划表.csv",
        "河源市2025年重点建设项目计划表,,,,,,,,\n"
        ",,,,,,,,单位：万元\n"
        "序号,项目名称,建设地点,建设规模及内容,建设起止年限,总投资,2025年计划投资,2026年计划投资,融资需求\n"
        "一、在建项目（2个）,,,,,,,,\n"
        "1,灯塔灌区续建配套与现代化改造工程,东源县,渠道衬砌86公里,2023-2026,86000,20000,25000,30000\n"
        "2,紫金县城区供水管网改造工程,紫金县,改造管网45公里,2024-2025,12500,6000,0,8000\n"
        "小计,,,,,98500,26000,25000,38000\n"
        "二、新开工项目（3个）,,,,,,,,\n"
        "3,龙川县冷链物流中心建设项目,龙川县,冷库3万吨,2025-2027,23000,5000,9000,15000\n"
        "4,和平县林下经济示范基地项目,和平县,南药种植2000亩,2025-2026,6000,2000,4000,3500\n"
        "5,连平县鹰嘴蜜桃产业园二期工程,连平县,分拣车间及冷库,2025-2027,14000,4000,6000,9000\n"
        "小计,,,,,43000,11000,19000,27500\n"
        "三、预备项目（1个）,,,,,,,,\n"
        "6,源城区老旧小区改造工程,源城区,改造小区32个,2026-2028,110000,0,30000,60000\n"
        "小计,,,,,110000,0,30000,60000\n"
        "合计,,,,,250500,37000,74000,125500\n"
        "注：本表总投资为估算数，以批复为准。,,,,,,,,\n",
    )

    # 02 -- kind B
    folder = case(
        "02_financing_need",
        "B 类：企业融资需求调查汇总表，UTF-8 带 BOM，回车换行。\n"
        "没有项目名称列，以企业名称为名；意向银行一格多家，联系人与电话同格，金额单位在表头。\n"
        "末尾有填表人、审核人两行；贷款金额为需求，没有总投资。",
        8,
        [
            project("河源市万绿茶业有限公司", None, 500 * WAN, DY),
            project("龙川县佗城米排粉专业合作社", None, 120 * WAN, LC),
            project("和平县猕猴桃加工有限公司", None, 800 * WAN, HP),
            project("紫金县永安蝉茶家庭农场", None, 30 * WAN, ZJ),
        ],
    )
    text(
        folder,
        "优质企业融资需求汇总表.csv",
        "优质企业融资需求调查汇总表,,,,,,,,,\n"
        "序号,企业名称,统一社会信用代码,所在县区,企业划型,所在行业,主营业务,贷款金额（万元）,期限（月）,联系人及联系电话\n"
        "1,河源市万绿茶业有限公司,,东源县,小型,精制茶加工,茶叶种植与加工,500,12,甲先生13800000001\n"
        "2,龙川县佗城米排粉专业合作社,,龙川县,微型,米面制品制造,\"米排粉生产，年产2000吨\",120,24,乙女士 13800000002/0762-0000000\n"
        "3,和平县猕猴桃加工有限公司,,和平县,中型,水果加工,果酒果脯,800,36,丙先生13800000003\n"
        "4,紫金县永安蝉茶家庭农场,,紫金县,微型,茶叶种植,蝉茶种植60亩,30,12,丁女士13800000004\n"
        "填表人：,某某,,审核人：,某某,,填报日期：,2025年6月1日,,\n"
        "填表说明：1.企业划型按国家统计局标准填写。,,,,,,,,,\n",
        "utf-8-sig",
        "\r\n",
    )

    # 03 -- kind C
    folder = case(
        "03_bank_push",
        "C 类：县小微融资协调专班银企对接推荐清单，GB18030（WPS 默认另存），回车换行。\n"
        "首行以“项目名单”开头是标题不是表头；空行在中间；名字里有 GBK 之外的字（㙟）。\n"
        "融资金额格内自带单位与表头单位不同（0.5亿元）；推送日期三种写法。",
        9,
        [
            project("东源县黄村镇㙟肚电站技改项目", None, 1_200 * WAN, DY),
            project("船塘镇板栗深加工项目", None, 5_000 * WAN, DY),
            project("仙坑村民宿改造项目", None, 80 * WAN, DY),
            project("新回龙镇渔业养殖尾水治理项目", None, 260 * WAN, DY),
        ],
    )
    text(
        folder,
        "东源县推荐清单.csv",
        "项目名单（东源县第三批推荐清单）\n"
        "单位：万元\n"
        "序号,项目名称,经营主体,所属县区,是否符合五项标准,融资金额,意向银行,推送日期,授信/放款结果\n"
        "1,东源县黄村镇㙟肚电站技改项目,东源县黄村水电站,东源县,是,1200,\"农行东源支行、东源农商行\",2025年3月5日,\n"
        "2,船塘镇板栗深加工项目,东源县板栗专业合作社,东源县,是,0.5亿元,邮储银行,2025-03-05,已授信\n"
        "\n"
        "3,仙坑村民宿改造项目,康禾镇仙坑村经济联合社,东源县,是,80,东源农商行,2025/3/6,\n"
        "4,新回龙镇渔业养殖尾水治理项目,东源县万绿渔业有限公司,东源县,是,260,农行东源支行,2025/3/6,未受理\n"
        "注：县专班应在30日内反馈对接结果。\n",
        "gb18030",
        "\r\n",
    )

    # 04 -- kind D
    folder = case(
        "04_private_capital",
        "D 类：民间资本推介项目清单，UTF-8，分号分隔。\n"
        "一张表两种单位：总投资（亿元）与 2025年计划投资（万元）；拟吸引民间资本不是贷款需求。\n"
        "建设内容里有英文逗号，不能当分隔符。",
        6,
        [
            project("万绿湖环湖绿道及配套设施项目", 48_000 * WAN, None, DY),
            project("龙川铁路枢纽物流园项目", 120_000 * WAN, None, LC),
            project("和平县抽水蓄能配套产业项目", 7_650 * WAN, None, HP),
        ],
    )
    text(
        folder,
        "民间资本推介项目.csv",
        "河源市2025年向民间资本推介项目清单;;;;;;;;\n"
        "序号;项目名称;领域;建设内容;建设地点;总投资（亿元）;2025年计划投资（万元）;拟吸引民间资本（亿元）;联系人及电话\n"
        "1;万绿湖环湖绿道及配套设施项目;文化旅游;绿道36公里,驿站5座,停车场3处;东源县;4.8;6000;2.5;甲先生13800000005\n"
        "2;龙川铁路枢纽物流园项目;交通;仓储12万平方米,专用线2公里;龙川县;12;15000;8;乙先生13800000006\n"
        "3;和平县抽水蓄能配套产业项目;能源;装备维修基地,用地30亩;和平县;0.765;1200;0.5;丙女士13800000007\n"
        "合计;;;;;17.565;22200;11;\n",
    )

    # 05 -- kind E
    folder = case(
        "05_rural_library",
        "E 类：乡村振兴项目库入库项目表，UTF-8，制表符分隔。\n"
        "两位小数的小金额，村级地点，资金为财政资金；一行总投资是“*元”（masked_value），不得猜。\n"
        "首个数据行就是合计；masked 行使合计无法核对，不报 sum_mismatch。",
        8,
        [
            project("上陵镇翠山村机耕路硬化项目", 36_85 * 10_000, None, HP),
            project("忠信镇西湖村饮水安全巩固提升项目", 58_20 * 10_000, None, LP),
            project("古竹镇雅色村柑橘基地水肥一体化项目", 120 * WAN, None, ZJ),
            project("叶潭镇儒步村农产品烘干点项目", None, None, DY),
        ],
        ["masked_value"],
    )
    text(
        folder,
        "项目库.csv",
        "2025年巩固拓展脱贫攻坚成果和乡村振兴项目库入库项目表\t\t\t\t\t\t\t\t\n"
        "\t\t\t\t\t\t\t单位：万元\t\n"
        "序号\t项目类型\t项目名称\t建设性质\t县区\t实施地点\t责任单位\t总投资\t绩效目标\n"
        "合计\t\t\t\t\t\t\t215.05\t\n"
        "1\t乡村建设行动\t上陵镇翠山村机耕路硬化项目\t新建\t和平县\t上陵镇翠山村\t和平县农业农村局\t36.85\t受益农户120户\n"
        "2\t乡村建设行动\t忠信镇西湖村饮水安全巩固提升项目\t改建\t连平县\t忠信镇西湖村\t连平县水务局\t58.20\t受益人口1500人\n"
        "3\t产业发展\t古竹镇雅色村柑橘基地水肥一体化项目\t新建\t紫金县\t古竹镇雅色村\t紫金县农业农村局\t120\t带动农户60户\n"
        "4\t产业发展\t叶潭镇儒步村农产品烘干点项目\t新建\t东源县\t叶潭镇儒步村\t东源县农业农村局\t*元\t带动农户35户\n",
    )

    # 06 -- kind F
    folder = case(
        "06_bond_reserve",
        "F 类：专项债与政策性金融工具储备表，xlsx。\n"
        "债券类型是 Wingdings 勾选符 þ/¨；亿元四位小数；按年份分列的融资计划不是融资需求。\n"
        "表头两行，“分年度融资计划（亿元）”横跨三列；列号行 1 2 3 … 不是项目。",
        8,
        [
            project("河源市东江流域水环境综合治理项目", 133_469 * WAN, 82_500 * WAN, YC),
            project("龙川县医疗卫生补短板工程", 34_996 * WAN + 460_000, 20_000 * WAN, LC),
            project("连平县城乡冷链物流骨干网项目", 9_800 * WAN, 5_000 * WAN, LP),
        ],
    )
    workbook = empty_book()
    page = sheet(
        workbook,
        "储备表",
        [
            ["河源市政府专项债券和政策性金融工具项目储备表"],
            ["序号", "项目名称", "县（区）", "债券类型", "总投资（亿元）", "拟申请金额（亿元）", "分年度融资计划（亿元）", None, None, "项目概况"],
            [None, None, None, None, None, None, "2024年及以前年度", "2025年", "2026年及以后年度", None],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
            [1, "河源市东江流域水环境综合治理项目", "源城区", "þ 一般专项债 ¨ 土地储备", 13.3469, 8.25, 2, 3.25, 3, "河道整治42公里"],
            [2, "龙川县医疗卫生补短板工程", "龙川县", "þ 一般专项债 ¨ 土地储备", 3.499646, 2, 0, 1, 1, "新建住院楼3.2万平方米"],
            [3, "连平县城乡冷链物流骨干网项目", "连平县", "¨ 一般专项债 þ 政策性金融工具", 0.98, 0.5, 0, 0.3, 0.2, "冷库1.5万立方米"],
            ["注：þ 为选中，¨ 为未选中。"],
        ],
        ["A1:J1", "G2:I2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "J2:J3"],
    )
    for row in page.iter_rows(min_row=5, max_row=7, min_col=5, max_col=9):
        for cell in row:
            cell.number_format = "0.0000"
    book(folder, "储备表.xlsx", workbook)

    # 07
    folder = case(
        "07_two_row_header",
        "两行表头与正文合并单元格，xlsx。\n"
        "“资金来源”下分政府投资、银行贷款、自筹；“项目前期进展情况”下分四列。\n"
        "县区与项目名称只在合并块首行：名称、地点要下填，总投资不得下填（第二期自有其总投资）。",
        8,
        [
            project("东源县仙湖茶产业园", 8_000 * WAN, 5_000 * WAN, DY),
            project("东源县仙湖茶产业园", 6_500 * WAN, 4_000 * WAN, DY),
            project("灯塔镇农贸市场升级改造", 1_500 * WAN, 900 * WAN, DY),
            project("紫金县蓝塘猪保种育肥基地", 4_200 * WAN, 2_800 * WAN, ZJ),
        ],
    )
    workbook = empty_book()
    sheet(
        workbook,
        "Sheet1",
        [
            ["2025年重点产业项目融资对接表（单位：万元）"],
            ["序号", "县区", "项目名称", "分期", "建设内容", "总投资", "资金来源", None, None, "项目前期进展情况", None, None, None, "贷款期限"],
            [None, None, None, None, None, None, "政府投资", "银行贷款", "自筹", "审批核准备案", "环评批复", "土地批准", "规划选址", None],
            [1, "东源县", "东源县仙湖茶产业园", "一期", "加工车间1.2万平方米", 8000, 1000, 5000, 2000, "已备案", "已批复", "已批准", "已办理", "10年"],
            [2, None, None, "二期", "茶文化体验区", 6500, 500, 4000, 2000, "办理中", "", "", "", "8年"],
            [3, None, "灯塔镇农贸市场升级改造", None, "改造摊位200个", 1500, 300, 900, 300, "已立项", "已批复", "已批准", "已办理", "5年"],
            [4, "紫金县", "紫金县蓝塘猪保种育肥基地", None, "栏舍3万平方米", 4200, 400, 2800, 1000, "已备案", "已批复", "", "", "8年"],
            ["合计", None, None, None, None, 20200, 2200, 12700, 5300],
        ],
        ["A1:N1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "G2:I2", "J2:M2", "N2:N3", "B4:B6", "C4:C5", "A8:E8"],
    )
    book(folder, "对接表.xlsx", workbook)

    # 08
    folder = case(
        "08_three_levels",
        "三级正文：区划／片区／项目同在名称列，UTF-8。\n"
        "区划行、片区行带汇总数，没有序号，是分节不是项目；末行“全市合计”。\n"
        "资金到位率是百分数，不是金额；片区行的汇总数都对。",
        12,
        [
            project("顺天镇高标准农田建设项目", 3_000 * WAN, 1_800 * WAN, DY),
            project("灯塔盆地智慧灌溉项目", 5_000 * WAN, 3_000 * WAN, DY),
            project("万绿湖水源地生态修复项目", 4_000 * WAN, 2_500 * WAN, DY),
            project("登云镇工业园污水处理厂扩建项目", 6_000 * WAN, 3_600 * WAN, LC),
        ],
    )
    text(
        folder,
        "三级.csv",
        "河源市片区项目资金到位情况,,,,,\n"
        "单位：万元,,,,,\n"
        "序号,项目名称,建设内容,总投资,融资需求,资金到位率\n"
        ",东源县,,12000,7300,\n"
        ",灯塔片区,,8000,4800,\n"
        "1,顺天镇高标准农田建设项目,高标准农田1.2万亩,3000,1800,40%\n"
        "2,灯塔盆地智慧灌溉项目,泵站12座,5000,3000,35.5%\n"
        ",万绿湖片区,,4000,2500,\n"
        "3,万绿湖水源地生态修复项目,湿地修复600亩,4000,2500,60%\n"
        ",龙川县,,6000,3600,\n"
        "4,登云镇工业园污水处理厂扩建项目,日处理1万吨,6000,3600,20%\n"
        ",全市合计,,18000,10900,\n",
    )

    # 09
    folder = case(
        "09_repeated_header",
        "从 PDF 转来的多页表，每页重复标题、单位行和表头，页脚有页码，UTF-8。\n"
        "重复的表头、标题、页码都不是项目；本页小计按页核对。\n"
        "第二页的表头多了空格，仍是同一个表头。",
        18,
        [
            project("船塘河治理工程", 2_300 * WAN, 1_500 * WAN, DY),
            project("忠信火花花灯文化园项目", 1_800 * WAN, 1_000 * WAN, LP),
            project("彭寨镇圩镇提升项目", 950 * WAN, 600 * WAN, HP),
            project("临江镇工业园标准厂房项目", 15_000 * WAN, 9_000 * WAN, ZJ),
            project("埔前镇万亩果园冷库项目", 2_600 * WAN, 1_600 * WAN, YC),
        ],
    )
    text(
        folder,
        "多页.csv",
        "河源市“百千万工程”重点项目清单,,,,,\n"
        ",,,,,单位：万元\n"
        "序号,项目名称,县区,建设内容,总投资,融资需求\n"
        "1,船塘河治理工程,东源县,堤防加固12公里,2300,1500\n"
        "2,忠信火花花灯文化园项目,连平县,展馆4000平方米,1800,1000\n"
        "3,彭寨镇圩镇提升项目,和平县,外立面改造,950,600\n"
        "本页小计,,,,5050,3100\n"
        "第1页 共2页,,,,,\n"
        "河源市“百千万工程”重点项目清单,,,,,\n"
        ",,,,,单位：万元\n"
        "序 号,项 目 名 称,县　区,建设内容,总 投 资,融资需求\n"
        "4,临江镇工业园标准厂房项目,紫金县,厂房8万平方米,15000,9000\n"
        "5,埔前镇万亩果园冷库项目,源城区,冷库1万立方米,2600,1600\n"
        "本页小计,,,,17600,10600\n"
        "总计,,,,22650,13700\n"
        "第2页 共2页,,,,,\n"
        "填表人：某某,,审核人：某某,,,\n"
        "填报日期：2025年7月15日,,,,,\n",
    )

    # 10
    folder = case(
        "10_several_sheets",
        "一个工作簿五张表：在建、新开工、预备（隐藏）、名额分配、汇总表，xlsx。\n"
        "前三张是清单，单位各不相同（万元、亿元、元）；隐藏的表也读。\n"
        "名额分配与汇总表没有项目表头，各报一条 header_not_found 提醒，不产生项目。",
        20,
        [
            project("和平县粮食储备库迁建项目", 7_800 * WAN, 4_000 * WAN, HP),
            project("东源县义合镇光伏配套升压站项目", 21_000 * WAN, 12_000 * WAN, DY),
            project("河源高新区标准厂房三期项目", 65_000 * WAN, 40_000 * WAN, YC),
            project("连平县隆街镇蔬菜基地项目", 3_600 * WAN, 2_000 * WAN, LP),
        ],
        ["header_not_found"],
    )
    workbook = empty_book()
    sheet(
        workbook,
        "在建",
        [
            ["在建项目清单"],
            [None, None, None, None, "单位：万元"],
            ["序号", "项目名称", "县区", "总投资", "融资需求"],
            [1, "和平县粮食储备库迁建项目", "和平县", 7800, 4000],
            [2, "东源县义合镇光伏配套升压站项目", "东源县", 21000, 12000],
        ],
        ["A1:E1"],
    )
    sheet(
        workbook,
        "新开工",
        [
            ["序号", "项目名称", "县区", "总投资（亿元）", "融资需求（亿元）"],
            [1, "河源高新区标准厂房三期项目", "源城区", 6.5, 4],
        ],
    )
    sheet(
        workbook,
        "预备",
        [
            ["序号", "项目名称", "县区", "总投资（元）", "融资需求（元）"],
            [1, "连平县隆街镇蔬菜基地项目", "连平县", 36000000, 20000000],
        ],
        hidden=True,
    )
    sheet(
        workbook,
        "名额分配",
        [
            ["项目申报名额分配表"],
            ["序号", "县区", "推荐名额"],
            [1, "东源县", 5],
            [2, "和平县", 4],
            [3, "连平县", 3],
            ["合计", None, 12],
        ],
        ["A1:C1"],
    )
    sheet(
        workbook,
        "汇总表",
        [
            ["县区", "项目个数", "总投资（万元）"],
            ["和平县", 1, 7800],
            ["东源县", 1, 21000],
            ["源城区", 1, 65000],
            ["连平县", 1, 3600],
        ],
    )
    book(folder, "项目清单.xlsx", workbook)

    # 11
    folder = case(
        "11_supply_chain",
        "供应链应付账款台账，xlsx，单位是元（不是万元），带千分位格式。\n"
        "起止日是 Excel 日期序号（45597 = 2024-11-01），一格带日期格式，一格是裸数字；没有项目名称，以卖方为名。\n"
        "拟融资金额是融资需求；应付账款金额不是总投资；确认函编号为长数字文本。",
        6,
        [
            project("东源县建材贸易有限公司", None, 1_250_000 * YUAN, DY),
            project("龙川县电缆配件有限公司", None, 860_000 * YUAN + 50, LC),
            project("紫金县劳保用品厂", None, 99_999 * YUAN + 99, ZJ),
        ],
    )
    workbook = empty_book()
    page = sheet(
        workbook,
        "台账",
        [
            ["应付账款确权融资台账"],
            ["序号", "卖方", "所在县区", "合同编号", "应付账款类型", "应付账款金额（元）", "起始日", "到期日", "金融机构", "拟融资金额（元）", "确认函编号", "状态"],
            [1, "东源县建材贸易有限公司", "东源县", "HT-2024-001", "工程款", 1500000, datetime.date(2024, 11, 1), 45962, "东源农商行", 1250000, "202411010000000001", "办理中"],
            [2, "龙川县电缆配件有限公司", "龙川县", "HT-2024-002", "货款", 1000000.5, datetime.date(2024, 11, 15), 45976, "建行龙川支行", 860000.5, "202411010000000002", "未受理"],
            [3, "紫金县劳保用品厂", "紫金县", "HT-2024-003", "货款", 120000, datetime.date(2024, 12, 1), 45992, "紫金农商行", 99999.99, "202411010000000003", "已办结"],
            ["合计", None, None, None, None, 2620000.5, None, None, None, 2210000.49],
        ],
        ["A1:L1"],
    )
    for row in page.iter_rows(min_row=3, max_row=6):
        row[5].number_format = row[9].number_format = "#,##0.00"
        row[6].number_format = "yyyy/m/d"
    book(folder, "台账.xlsx", workbook)

    # 12
    folder = case(
        "12_collections_and_counties",
        "项目集合与一格多县，UTF-8。\n"
        "“12个项目”“等8个项目”一行是多个项目：标 collection_row，不按单个项目匹配，金额仍是原文的合计。\n"
        "一格多县（、与三地交界）和功能区没有单一县码；共建园取括号里的县。",
        8,
        [
            project("全市农村公路提升工程（12个项目）", 41_000 * WAN, 25_000 * WAN, None),
            project("兴源片区等8个项目打包贷款", 52_000 * WAN, 30_000 * WAN, YC),
            project("东江干流碧道建设工程", 18_000 * WAN, 9_000 * WAN, None),
            project("深圳盐田（东源）共建蓝莓产业示范园", 5_600 * WAN, 3_000 * WAN, DY),
            project("河源江东新区产城融合示范项目", 88_000 * WAN, 50_000 * WAN, None),
        ],
        ["collection_row"],
    )
    text(
        folder,
        "集合.csv",
        "重大项目融资需求清单,,,,,\n"
        "单位：万元,,,,,\n"
        "序号,项目名称,县区,建设内容,总投资,融资需求\n"
        "1,全市农村公路提升工程（12个项目）,东源县、和平县、连平县,路面改造260公里,41000,25000\n"
        "2,兴源片区等8个项目打包贷款,源城区,道路及管网,52000,30000\n"
        "3,东江干流碧道建设工程,\"龙川县、东源县、源城区、紫金县\",碧道120公里,18000,9000\n"
        "4,深圳盐田（东源）共建蓝莓产业示范园,东源县,蓝莓基地3000亩,5600,3000\n"
        "5,河源江东新区产城融合示范项目,江东新区,基础设施,88000,50000\n",
    )

    # 13
    folder = case(
        "13_broken_headers",
        "表头被空格、全角空格、格内换行、连字符打断，UTF-8。\n"
        "单位在标题右侧单独两格（单位： | 万元）；序号写进项目名称（1.某某项目），1.5万吨 不是序号。\n"
        "“示例”行不是项目；名称里的英文引号按 CSV 规则成对转义。",
        7,
        [
            project("黄田镇\"三改\"屠宰场项目", 2_100 * WAN, 1_200 * WAN, DY),
            project("1.5万吨粮食烘干中心项目", 1_650 * WAN, 800 * WAN, LC),
            project("青州镇蔬菜冷库项目", 480 * WAN, 300 * WAN, HP),
        ],
    )
    text(
        folder,
        "断头.csv",
        "农业农村重点项目融资需求表,,,,,单位：,万元\n"
        "序-号,\"项 目\n名　称\",所属 县区,\"主要建设\n内容\",\"总 投 资\",\"融资\n需求\",\"贷款\n期限\n（年）\"\n"
        "示例,某某镇某某项目,某某县,建设某某,1000,500,5\n"
        "一,\"1.黄田镇\"\"三改\"\"屠宰场项目\",东源县,生猪屠宰线1条,2100,1200,8\n"
        "二,2、1.5万吨粮食烘干中心项目,龙川县,烘干塔6座,1650,800,5\n"
        "三,\"3、青州镇蔬菜冷库项目\",和平县,冷库2000立方米,480,300,3\n"
        ",,,,,,\n",
    )

    # 14
    folder = case(
        "14_amount_words",
        "金额的各种写法，UTF-8：约、不超过、区间、面议、自带单位、千分位、全角逗号、横线。\n"
        "区间与“不超过”没有单一数（expected 写 null），“几十万”只报 fuzzy_value 不猜；“面议”“-”是空。\n"
        "表头单位万元，格内“5000万元”“1.2亿”以格内为准。",
        10,
        [
            project("康禾镇温泉民宿群项目", 12_000 * WAN, 5_000 * WAN, DY),
            project("锡场镇水库移民产业项目", 461 * WAN + 950_000, None, DY),
            project("阳明镇智能家具产业园项目", 120_000 * WAN, None, HP),
            project("元善镇城区停车场项目", 3_500 * WAN, None, LP),
            project("陂头镇夏田村茶旅项目", 1_200 * WAN, None, LP),
            project("中坝镇药材烘干项目", 25_000 * WAN, 8_000 * WAN, ZJ),
            project("老隆镇旧城更新项目", 1_200 * WAN, None, LC),
        ],
        ["fuzzy_value"],
    )
    text(
        folder,
        "写法.csv",
        "融资需求项目表,,,,\n"
        "填报单位：某某县发展和改革局,,,,单位：万元\n"
        "序号,项目名称,县区,总投资,融资需求\n"
        "1,康禾镇温泉民宿群项目,东源县,1.2亿,5000万元\n"
        "2,锡场镇水库移民产业项目,东源县,约461.95万元,不超过300万元\n"
        "3,阳明镇智能家具产业园项目,和平县,\"120,000\",30000-50000\n"
        "4,元善镇城区停车场项目,连平县,\"3，500\",面议\n"
        "5,陂头镇夏田村茶旅项目,连平县,1200,几十万\n"
        "6,中坝镇药材烘干项目,紫金县,2.5亿元,8000\n"
        "7,老隆镇旧城更新项目,龙川县,1200,-\n",
    )

    # 15
    folder = case(
        "15_startup_guarantee",
        "创业担保贷款申请汇总，UTF-8，逗号分隔，末尾没有换行。\n"
        "担保金额 + 组合商业贷款金额 = 总金额，三列都可作需求，取“总金额”；申请人为名。\n"
        "“其他”是列名；单位只在填表说明里（单位：万元）。",
        6,
        [
            project("源城区早点铺", None, 20 * WAN, YC),
            project("和平县竹编工作室", None, 35 * WAN, HP),
            project("东源县家政服务部", None, 50 * WAN, DY),
        ],
        ["header_ambiguous"],
    )
    text(
        folder,
        "创业担保.csv",
        "创业担保贷款申请汇总表,,,,,,,,\n"
        "序号,申请人,所在县区,员工数,总金额,创业担保金额,组合商业贷款金额,期限（月）,意向银行\n"
        "1,源城区早点铺,源城区,3,20,20,0,36,邮储银行\n"
        "2,和平县竹编工作室,和平县,5,35,30,5,36,\"农行、和平农商行\"\n"
        "3,东源县家政服务部,东源县,8,50,30,20,24,东源农商行\n"
        "填表说明：金额单位：万元。,,,,,,,,",
    )

    # 16
    folder = case(
        "16_exported_merges",
        "合并表另存为 CSV 后的样子，UTF-8：两行表头无合并信息，镇、类别只在块首行。\n"
        "空着的县区和类别是上一行的（下填），空着的总投资不是（第 6 行总投资未填，必须为空）。\n"
        "第 8 行是上一项目的续行：没有序号和名称，有自己的金额，名称下填。",
        11,
        [
            project("义合镇下屯村画家村改造", 900 * WAN, 500 * WAN, DY),
            project("半江镇库区码头改造", 1_300 * WAN, 700 * WAN, DY),
            project("涧头镇洋潭村数字农业", None, 400 * WAN, DY),
            project("林寨古村落保护利用", 3_200 * WAN, 1_500 * WAN, HP),
            project("林寨古村落保护利用", 1_100 * WAN, 600 * WAN, HP),
            project("下车镇兴隆村养鱼工厂化项目", 760 * WAN, 450 * WAN, HP),
            project("大坝镇竹木加工园", 2_400 * WAN, 1_400 * WAN, HP),
        ],
    )
    text(
        folder,
        "导出.csv",
        "典型镇村项目融资表,,,,,,,\n"
        "序号,县区,类别,项目名称,总投资（万元）,资金来源（万元）,,备注\n"
        ",,,,,自筹,银行贷款,\n"
        "1,东源县,乡村旅游,义合镇下屯村画家村改造,900,400,500,\n"
        "2,,,半江镇库区码头改造,1300,600,700,\n"
        "3,,数字农业,涧头镇洋潭村数字农业,,,400,总投资待核\n"
        "4,和平县,乡村旅游,林寨古村落保护利用,3200,1700,1500,一期\n"
        ",,,,1100,500,600,二期\n"
        "5,,现代养殖,下车镇兴隆村养鱼工厂化项目,760,310,450,\n"
        "6,,林业,大坝镇竹木加工园,2400,1000,1400,\n"
        "合计,,,,9660,4510,5550,\n",
    )


def bad_input():
    BAD.mkdir(parents=True, exist_ok=True)
    (BAD / "empty.csv").write_bytes(b"")
    (BAD / "blank.csv").write_bytes(b" \r\n\t\r\n")
    (BAD / "really_a_pdf.xlsx").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n")
    (BAD / "really_a_csv.xlsx").write_bytes("序号,项目名称,总投资（万元）\n1,某某项目,100\n".encode())
    (BAD / "broken.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 60)
    text(BAD, "no_header.csv", "2025年工作要点,,\n一是抓投资,二是促消费,三是稳外贸\n东源县,12,34\n和平县,56,78\n")
    text(BAD, "form.csv", "项目融资登记表,,,\n项目名称,某某镇光伏项目,建设单位,某某公司\n建设地点,东源县,总投资,5000万元\n融资需求,3000万元,贷款期限,10年\n联系人,甲先生,联系电话,13800000008\n")
    text(BAD, "unknown_unit.csv", "序号,项目名称,县区,总投资,融资需求\n1,东源县某某水厂项目,东源县,12000,8000\n")
    text(
        BAD,
        "duplicate_ids.csv",
        "项目编号,项目名称,县区,总投资（万元）,融资需求（万元）\n"
        "P-001,东源县甲镇水厂项目,东源县,1200,800\n"
        "P-002,和平县乙镇道路项目,和平县,900,500\n"
        "P-001,连平县丙镇市场项目,连平县,700,300\n",
    )
    (BAD / "bad_bytes.csv").write_bytes(
        "序号,项目名称,县区,总投资（万元）,融资需求（万元）\n1,东源县甲镇水厂项目,东源县,1200,800\n2,和平县乙镇".encode()
        + b"\xe4\xb8"
        + "道路项目,和平县,900,500\n".encode()
    )
    locked()
    notes = {
        "empty.csv": "0 字节：file_empty。",
        "blank.csv": "只有空白：file_empty。",
        "really_a_pdf.xlsx": "PDF 改名为 xlsx：file_unreadable，说明其实是 PDF。",
        "really_a_csv.xlsx": "CSV 改名为 xlsx：file_unreadable，说明把扩展名改回 csv。",
        "broken.xlsx": "损坏的压缩包：file_unreadable。",
        "locked.xlsx": "带打开密码（测试口令 test-only）：file_unreadable，说明先去密码。",
        "no_header.csv": "没有可认的表头：header_not_found，写出看到的前几行。",
        "form.csv": "一个项目一张的登记表：header_not_found，说明改成清单。",
        "unknown_unit.csv": "金额无单位：unknown_unit，不猜万元。",
        "duplicate_ids.csv": "第 4 行编号与第 2 行重复：duplicate_id。",
        "bad_bytes.csv": "第 3 行有残缺的 UTF-8 字节：encoding_error，其余照读。",
    }
    lines = ["坏输入：每个文件应报什么。", "由 tests/support/make_messy.py 写出。", "文件与结果："]
    lines += [f"- `{file}` {note}" for file, note in notes.items()]
    (BAD / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def locked():
    """Encrypt a small workbook; kept when the encryption package is missing, since its salt changes every run."""
    target = BAD / "locked.xlsx"
    if target.exists():
        return
    from msoffcrypto.format.ooxml import OOXMLFile

    workbook = empty_book()
    sheet(workbook, "Sheet1", [["序号", "项目名称", "总投资（万元）"], [1, "某某项目", 100]])
    plain = io.BytesIO()
    workbook.save(plain)
    plain.seek(0)
    with target.open("wb") as out:
        OOXMLFile(plain).encrypt("test-only", out)


if __name__ == "__main__":
    messy()
    bad_input()
