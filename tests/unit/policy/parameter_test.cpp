#include <gtest/gtest.h>

#include <huoshui/policy/parameter.hpp>

namespace huoshui {
namespace {

Parameter with(std::string value, std::string unit) {
  Parameter p;
  p.value = std::move(value);
  p.unit = std::move(unit);
  return p;
}

TEST(Parameter, ReadsNumbersExactlyInBaseUnits) {
  EXPECT_EQ(with("10000000", "yuan per client").fen(), 1'000'000'000);
  EXPECT_EQ(with("70.76", "yuan per tonne CO2e").fen(), 7076);
  EXPECT_EQ(with("40000", "wan_yuan").fen(), 40'000 * kFenPerWan);
  EXPECT_EQ(with("10", "years").months(), 120);
  EXPECT_EQ(with("6", "months from issue to maturity").months(), 6);
  EXPECT_EQ(with("2.5", "percent of lender tier-1 capital").millionths(), 25'000);
  EXPECT_EQ(with("0.0005", "ratio per day").millionths(), 500);
  EXPECT_EQ(with("1.33", "tonnes CO2e per mu per year").millionths(), 1'330'000);
  EXPECT_EQ(with("300", "count persons").count(), 300);
  EXPECT_EQ(with("5", "workdays").days(), 5);
  EXPECT_EQ(with("18-65", "range years").range(), (Interval{216, 780}));
  EXPECT_EQ(with("100000-3000000", "range yuan").range(), (Interval{10'000'000, 300'000'000}));
  EXPECT_EQ(with("true", "boolean").boolean(), true);
  EXPECT_EQ(to_string(with("2027-06-30", "date").date().value()), "2027-06-30");
}

TEST(Parameter, AnswersNothingWhenTheUnitOrTheValueDoesNotFit) {
  EXPECT_EQ(with("10", "years").fen(), std::nullopt);
  EXPECT_EQ(with("0.001", "yuan").fen(), std::nullopt) << "a tenth of a fen";
  EXPECT_EQ(with("1.5", "count persons").count(), std::nullopt);
  EXPECT_EQ(with("99999999999999999999", "yuan").fen(), std::nullopt);
  EXPECT_EQ(with("9223372036854775807", "yuan").fen(), std::nullopt);
  EXPECT_EQ(with("5.", "percent").millionths(), std::nullopt);
  EXPECT_EQ(with(".5", "percent").millionths(), std::nullopt);
  EXPECT_EQ(with("65-18", "range years").range(), std::nullopt);
  EXPECT_EQ(with("market terms", "rule").boolean(), std::nullopt);
  EXPECT_EQ(with("1", "furlongs").kind(), ParameterKind::text);
}

TEST(Parameter, CitesItself) {
  Parameter p = with("10", "years");
  p.key = "fixed_asset_loan.tenor_general_max_years";
  p.instrument_name = "固定资产贷款管理办法";
  p.document = "国家金融监督管理总局令2024年第1号";
  p.from = parse_date("2024-07-01").value();
  EXPECT_EQ(p.citation(), (Citation{"固定资产贷款管理办法", "国家金融监督管理总局令2024年第1号", "",
                                    "fixed_asset_loan.tenor_general_max_years", "2024-07-01"}));
}

}  // namespace
}  // namespace huoshui
