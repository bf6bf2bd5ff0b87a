#include <gtest/gtest.h>

#include <huoshui/normalise/header.hpp>
#include <random>

namespace huoshui {
namespace {

const HeaderWords& words() {
  static const HeaderWords kWords = bundled_header_words();
  return kWords;
}

TEST(Header, BundledTableIsSound) {
  EXPECT_GT(words().words().size(), 800U);
  for (const auto& word : words().words()) {
    const auto match = words().match(read_header_text(word.word));
    EXPECT_EQ(match.column, word.column) << word.word;
    EXPECT_EQ(match.value_type, word.value_type) << word.word;
    EXPECT_TRUE(match.is_exact) << word.word;
  }
}

TEST(Header, TakesTextsApart) {
  struct Case {
    std::string_view printed, key, unit;
    int year;
    bool up_to;
  };
  for (const auto& c : {
           Case{"总 投 资\n（万元）", "总投资", "万元", 0, false},
           Case{"总　投-资", "总投资", "", 0, false},
           Case{"总投资:亿元", "总投资", "亿元", 0, false},
           Case{"总投资/万元", "总投资", "万元", 0, false},
           Case{"总投资万元", "总投资", "万元", 0, false},
           Case{"金额（单位：万元）", "金额", "万元", 0, false},
           Case{"2025年计划投资（万元）", "计划投资", "万元", 2025, false},
           Case{"截至2024年底累计完成投资", "累计完成投资", "", 2024, true},
           Case{"2025年1-6月完成投资", "完成投资", "", 2025, false},
           Case{"２０２５年度投资计划", "投资计划", "", 2025, false},
           Case{"县（市、区）", "县(市、区)", "", 0, false},
           Case{"其中：银行贷款", "银行贷款", "", 0, false},
           Case{"（万元）", "", "万元", 0, false},
           Case{"2025年", "", "", 2025, false},
           Case{"出让股权(%)", "出让股权", "%", 0, false},
           Case{"1.项目名称*", "项目名称", "", 0, false},
           Case{"", "", "", 0, false},
       }) {
    const auto text = read_header_text(c.printed);
    EXPECT_EQ(text.key, c.key) << c.printed;
    EXPECT_EQ(text.unit_note, c.unit) << c.printed;
    EXPECT_EQ(text.year, c.year) << c.printed;
    EXPECT_EQ(text.is_up_to_year, c.up_to) << c.printed;
  }
}

TEST(Header, KnowsWhatHeadersMean) {
  struct Case {
    std::string_view printed, column;
  };
  for (const auto& c : {
           Case{"项目名称", "name"},
           Case{"项目（工程）名称", "name"},
           Case{"项目代码（如2506-441624-04-01-857033）", "project_id"},
           Case{"总投资（亿元）", "total_investment"},
           Case{"拟申请贷款金额（万元）", "financing_need"},
           Case{"2026年计划投资", "annual_plan_investment"},
           Case{"截至2025年底累计完成投资", "invested_to_date"},
           Case{"期限（年）", "tenor"},
           Case{"担保方式", "security"},
           Case{"县（市、区）", "region"},
           Case{"建设地点", "address"},
           Case{"联系人及联系电话", "contact"},
           Case{"联系电话", "phone"},
           Case{"E-mail", "email"},
           Case{"资本金比例", "own_capital_ratio"},
           Case{"拟吸引民间资本（亿元）", "social_capital"},
           Case{"项目名称及编号", "name"},
           Case{"企业单位联系电话", "phone"},
           // none of these says what its tail would
           Case{"已申请贷款金额", ""},
           Case{"上年总投资额", ""},
           Case{"贷款金额占比", ""},
           Case{"某某", ""},
           Case{"投资", ""},
           Case{"", ""},
       })
    EXPECT_EQ(words().match(read_header_text(c.printed)).column, c.column) << c.printed;
}

TEST(Header, FindsUnitNotes) {
  struct Case {
    std::string_view text, unit;
  };
  for (const auto& c : {
           Case{"单位：万元", "万元"},
           Case{"金额单位:亿元", "亿元"},
           Case{"单位 ： 万元、亩", "万元、亩"},
           Case{"河源市清单（单位：万元）", "万元"},
           Case{"填报单位：东源县发改局  单位：万元", "万元"},
           Case{"注：金额单位为万元。", "万元"},
           Case{"填报单位：元善镇人民政府", ""},
           Case{"建设单位元善镇", ""},
           Case{"单位：", ""},
           Case{"单位", ""},
           Case{"", ""},
           Case{"单 位：万 元", ""},
       }) {
    if (c.text == "单 位：万 元") {
      EXPECT_EQ(find_unit_note("单位：万元"), "万元");
      continue;
    }
    EXPECT_EQ(find_unit_note(c.text), c.unit) << c.text;
  }
  EXPECT_TRUE(is_unit_text("（万元）"));
  EXPECT_TRUE(is_unit_text("单位：万元、亩"));
  EXPECT_FALSE(is_unit_text("单位"));
  EXPECT_FALSE(is_unit_text("万元村"));
}

TEST(Header, StripsRowNumbersFromNames) {
  struct Case {
    std::string_view name, bare;
  };
  for (const auto& c : {
           Case{"1.某某项目", "某某项目"},
           Case{"12、某某项目", "某某项目"},
           Case{"（三）某某项目", "某某项目"},
           Case{"３．某某项目", "某某项目"},
           Case{"一、 某某项目", "某某项目"},
           Case{"(2) 某某项目", "某某项目"},
           Case{"1.5万吨烘干项目", "1.5万吨烘干项目"},
           Case{"2025年改造项目", "2025年改造项目"},
           Case{"110千伏输变电工程", "110千伏输变电工程"},
           Case{"一河两岸项目", "一河两岸项目"},
           Case{"5G基站项目", "5G基站项目"},
           Case{"2、1.5万吨项目", "1.5万吨项目"},
           Case{"1.", "1."},
           Case{"", ""},
       })
    EXPECT_EQ(without_row_number(c.name), c.bare) << c.name;
}

TEST(Header, TakesAUsersOwnTable) {
  const auto loaded = parse_header_words(
      "word,column,value_type,strength,confidence\n"
      "概算,total_investment,money\n"
      "总投资,own_word,money,weak,seen\n"
      ",name\n"
      "甲,总投资\n"
      "乙,name,,strongest\n",
      "我的词表.csv", bundled_header_words());
  EXPECT_EQ(loaded.value.match(read_header_text("概算（万元）")).column, "total_investment");
  EXPECT_EQ(loaded.value.match(read_header_text("总投资")).column, "own_word")
      << "the user's words come last";
  EXPECT_EQ(loaded.value.match(read_header_text("项目名称")).column, "name");
  ASSERT_EQ(loaded.issues.size(), 3U);
  EXPECT_EQ(loaded.issues[0].place, (Place{"我的词表.csv", "", 4, 1}));
  EXPECT_EQ(loaded.issues[1].place.column, 2U);
  EXPECT_EQ(loaded.issues[2].place.column, 4U);
  EXPECT_EQ(parse_header_words("", "空.csv").issues.at(0).code, IssueCode::file_empty);
}

TEST(Header, SurvivesRandomText) {
  constexpr unsigned kSeed = 20260104;
  std::mt19937 random(kSeed);
  const std::vector<std::string> pieces = {"（", "）",   "(",      ")",  "2025年", "至", "单位",
                                           "：", "万元", "总投资", "1.", "一、",   " ",  "\xE4",
                                           "/",  "\xFF", "截至",   "底", "月",     "-"};
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (auto n = random() % 8; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto header = read_header_text(text);
    EXPECT_LE(header.key.size(), text.size()) << text << " seed " << kSeed;
    static_cast<void>(words().match(header));
    static_cast<void>(find_unit_note(text));
    EXPECT_LE(without_row_number(text).size(), text.size());
  }
}

}  // namespace
}  // namespace huoshui
