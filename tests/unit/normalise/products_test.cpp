#include <gtest/gtest.h>
#include <algorithm>
#include <huoshui/normalise/products.hpp>
#include <huoshui/read/csv.hpp>
#include <set>

namespace huoshui {
namespace {

Result<Loaded<ProductList>> read(const std::string& csv) {
  return read_products(parse_csv(csv, "手册.csv").value(), Dictionaries::bundled());
}

TEST(ReadProducts, TakesAllBundledProductsWithoutAnIssue) {
  const auto real = read(std::string(bundled_handbook())).value();
  for (const auto& issue : real.issues) ADD_FAILURE() << issue.message;
  ASSERT_EQ(real.value.size(), 253U);
  std::set<std::string> ids;
  for (const auto& product : real.value) ids.insert(product.id);
  EXPECT_EQ(ids.size(), 253U);
  EXPECT_EQ(*ids.begin(), "P001");
  EXPECT_EQ(*ids.rbegin(), "P253");
  const auto invented = read(std::string(bundled_illustrative_handbook())).value();
  for (const auto& issue : invented.issues) ADD_FAILURE() << issue.message;
  std::set<Instrument> instruments;
  for (const auto& product : invented.value) {
    instruments.insert(product.instrument);
    EXPECT_EQ(product.confidence, Confidence::illustrative) << product.id;
    EXPECT_EQ(product.name.rfind("示例", 0), 0U) << product.name;
    EXPECT_NE(product.institution.find("示例"), std::string::npos) << product.institution;
  }
  EXPECT_EQ(instruments.size(), kInstrumentCount);
}

TEST(ReadProducts, ReadsChineseHeadersAndUnits) {
  const auto out =
      read(
          "编号,产品名称,机构,金融工具,借款人,地区,最低金额,最高金额,最长期限,最低利率,担保方式,必备条件\n"
          "X1,油茶贷,示例银行甲,特色产业/"
          "小微经营贷,农户;企业,广东省河源市龙川县,1万元,0.5亿元,3年,3.85%,信用,林地面积 >= 100亩;已投保\n")
          .value();
  ASSERT_EQ(out.value.size(), 1U) << (out.issues.empty() ? "" : out.issues.front().message);
  const Product& p = out.value.front();
  EXPECT_EQ(p.instrument, Instrument::working_capital_loan);
  EXPECT_EQ(p.amount, Interval::between(kFenPerWan, 5000 * kFenPerWan));
  EXPECT_EQ(p.tenor.max, 36);
  EXPECT_EQ(p.rate.min, 38'500);
  EXPECT_EQ(p.regions.test.named, std::vector<Code>{Code("441622")});
  EXPECT_EQ(p.conditions.size(), 2U);
}

TEST(ReadProducts, LeavesOutAProductWhoseTermItCannotRead) {
  struct Case {
    std::string row;
    IssueCode code;
  };
  for (const auto& c :
       {Case{"X1,甲,银团贷款,500,,", IssueCode::unknown_unit},
        Case{"X1,甲,银团贷款,很多,,", IssueCode::unreadable_value},
        Case{"X1,甲,没有的工具,,,", IssueCode::unknown_word},
        Case{"X1,甲,银团贷款,,3,", IssueCode::unknown_unit}, Case{"X1,,银团贷款,,,", IssueCode::missing_name},
        Case{"X1,甲,银团贷款,,,融资需求 << 3", IssueCode::unknown_unit}}) {
    const auto out = read("编号,产品名称,金融工具,最高金额,最长期限,必备条件\n" + c.row +
                          "\nX2,乙,银团贷款,500万元,3年,\n")
                         .value();
    ASSERT_EQ(out.value.size(), 1U) << c.row;
    EXPECT_EQ(out.value.front().id, "X2");
    ASSERT_FALSE(out.issues.empty());
    EXPECT_EQ(out.issues.front().code, c.code) << out.issues.front().message;
    EXPECT_EQ(out.issues.front().place.row, 2U);
  }
}

TEST(ReadProducts, KeepsAnOpenListOpenAndAnEmptyOneUnstated) {
  const auto out = read(
                       "编号,产品名称,金融工具,借款人,地区,行业\nX1,甲,银团贷款,农户;等,全国,等\nX2,乙,"
                       "银团贷款,某种从未见过的人,,\n")
                       .value();
  ASSERT_EQ(out.value.size(), 2U);
  EXPECT_TRUE(out.value[0].borrowers.test.open);
  EXPECT_FALSE(out.value[0].regions.stated());
  EXPECT_FALSE(out.value[0].industries.stated());
  EXPECT_TRUE(out.value[1].borrowers.test.open);
  EXPECT_TRUE(std::any_of(out.issues.begin(), out.issues.end(), [](const Issue& i) {
    return i.code == IssueCode::unknown_word && i.severity == Severity::warning;
  }));
}

TEST(ReadProducts, RefusesATableWithoutItsHeader) {
  const auto out = read("a,b,c\n1,2,3\n");
  ASSERT_FALSE(out.has_value());
  EXPECT_EQ(out.error().code, IssueCode::header_not_found);
}

}  // namespace
}  // namespace huoshui
