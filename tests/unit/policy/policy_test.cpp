#include <gtest/gtest.h>

#include <algorithm>
#include <huoshui/policy/policy.hpp>
#include <string>

#include "policy_facts.hpp"

namespace huoshui {
namespace {

using policy_test::on;

constexpr const char* kHeader =
    "series,key,value,unit,applies_to,effective_from,effective_to,instrument_name,issuer,document,clause,"
    "confidence,"
    "acts_as,note\n";

std::string row(std::string_view series, std::string_view key, std::string_view value, std::string_view from,
                std::string_view to, std::string_view confidence = "high", std::string_view unit = "percent",
                std::string_view acts_as = "gate") {
  std::string out;
  for (const auto cell :
       {series, key, value, unit, std::string_view("all"), from, to, std::string_view("办法"),
        std::string_view("机关"), std::string_view("1号"), std::string_view("第一条"), confidence, acts_as}) {
    out += std::string(cell) + ",";
  }
  return out + "\n";
}

Result<PolicyPack> parse(const std::string& rows) { return PolicyPack::parse(kHeader + rows, "包.csv"); }

TEST(PolicyPack, HoldsAllRowsOfTheSource) {
  const auto rows = PolicyPack::bundled().rows();
  const auto own = std::count_if(rows.begin(), rows.end(), [](const Parameter& p) {
    return p.acts_as != ActsAs::gap && !p.series.starts_with("pack.");
  });
  EXPECT_EQ(own, 569);  // 568 of the source; the least plot of planting is two, by the year of its start
  EXPECT_EQ(PolicyPack::bundled().series_count(), 458U);
  for (const auto& p : rows) {
    EXPECT_EQ(p.note.find("http"), std::string::npos) << p.key;
    EXPECT_LE(p.note.size(), 150U) << p.key;
    EXPECT_TRUE(p.acts_as == ActsAs::gap || !p.instrument_name.empty()) << p.key;
  }
}

TEST(PolicyPack, GathersVersionsUnderOneSeries) {
  struct Case {
    const char *series, *day, *key;
  };
  for (const auto& c : {
           Case{"project_capital_min.port_waterway", "2019-11-19", "project_capital_min.port_waterway_2015"},
           Case{"project_capital_min.port_waterway", "2019-11-20", "project_capital_min.port_waterway"},
           Case{"syndicate.lead_share_min_pct", "2024-10-31", "syndicate.2011.lead_share_min_pct"},
           Case{"syndicate.lead_share_min_pct", "2024-11-01", "syndicate.2024.lead_share_min_pct"},
           Case{"syndicate.trigger.single_client", "2024-11-01",
                "syndicate.2024.trigger.large_exposure_pct_tier1"},
           Case{"special_bond.capital_share_cap_pct", "2024-12-24",
                "special_bond.capital_share_cap_pct_before"},
           Case{"special_bond.capital_share_cap_pct", "2024-12-25",
                "special_bond.capital_share_cap_pct_of_province"},
           Case{"microcredit.amount_max_yuan", "2025-12-31",
                "microcredit.poverty_exit.amount_with_topup_max_yuan"},
           Case{"microcredit.amount_max_yuan", "2026-01-01", "microcredit.help.amount_max_yuan"},
           Case{"relending.agri_small.1y", "2025-05-06", "relending.agri_small.1y.2024"},
           Case{"relending.agri_small.1y", "2025-05-07", "relending.agri_small.1y.2025"},
           Case{"lpr.5y", "2024-02-19", "lpr.5y.2024-01"},
           Case{"lpr.5y", "2024-02-20", "lpr.5y.2024-02"},
           Case{"interest_subsidy.service_sector.loan_cap_yuan", "2026-01-01",
                "interest_subsidy.service_sector_2026.loan_cap_yuan"},
       }) {
    const Policy policy = on(c.day);
    const auto* p = policy.find(c.series);
    ASSERT_NE(p, nullptr) << c.series << " " << c.day;
    EXPECT_EQ(p->key, c.key) << c.day;
  }
}

TEST(Policy, KnowsWhatBeginsAndEndsOnADay) {
  EXPECT_EQ(on("2025-03-13").find("personal_loan.consumer_tenor_longterm_max_years"), nullptr);
  EXPECT_NE(on("2025-03-14").find("personal_loan.consumer_tenor_longterm_max_years"), nullptr);
  EXPECT_EQ(on("2024-06-30").find("fixed_asset_loan.tenor_general_max_years"), nullptr);
  EXPECT_EQ(on("2024-06-30").find_dormant("fixed_asset_loan.tenor_general_max_years")->reason,
            Dormancy::not_yet);
  EXPECT_NE(on("2024-07-01").find("fixed_asset_loan.tenor_general_max_years"), nullptr);
  EXPECT_NE(on("2025-12-31").find("microcredit.poverty_exit.tenor_max_years"), nullptr);
  EXPECT_EQ(on("2026-01-01").find("microcredit.poverty_exit.tenor_max_years"), nullptr);
  EXPECT_EQ(on("2026-01-01").find_dormant("microcredit.poverty_exit.tenor_max_years")->reason,
            Dormancy::ended);
  EXPECT_NE(on("2026-05-19").find("lpr.1y"), nullptr);
  EXPECT_EQ(on("2026-05-20").find("lpr.1y"), nullptr) << "later fixings must be loaded";
  EXPECT_EQ(on("2010-01-01").find_dormant("public_forest_comp.guangdong.average")->reason, Dormancy::unknown);
  EXPECT_EQ(on("2024-02-04").find("no.such.series"), nullptr);
  EXPECT_EQ(on("2024-02-04").find_dormant("no.such.series"), nullptr);
}

TEST(Policy, LeavesLowConfidenceOffUntilAsked) {
  const auto off = on("2024-07-01");
  EXPECT_EQ(off.find("agri_loan.stat.rural_area"), nullptr);
  EXPECT_EQ(off.find_dormant("agri_loan.stat.rural_area")->reason, Dormancy::low_confidence);
  EXPECT_EQ(on("2024-07-01", LowConfidence::on).find("agri_loan.stat.rural_area")->key,
            "agri_loan.stat.rural_area.from_2024");
  EXPECT_NE(on("2023-12-31").find("agri_loan.stat.rural_area"), nullptr);
  for (const auto& p : off.in_force()) {
    EXPECT_NE(p.confidence, Confidence::low) << p.key;
    EXPECT_TRUE(p.covers(off.date())) << p.key;
  }
}

TEST(Policy, RefusesDaysThatThePackDoesNotCover) {
  const auto& pack = PolicyPack::bundled();
  EXPECT_EQ(to_string(pack.first_day()), "2009-05-25");
  EXPECT_EQ(to_string(pack.last_day()), "2027-11-23");
  for (const auto* day : {"2009-05-24", "2027-11-24"}) {
    const auto policy = pack.at(parse_date(day).value());
    ASSERT_FALSE(policy.has_value()) << day;
    EXPECT_EQ(policy.error().code, IssueCode::date_outside_policy);
    EXPECT_NE(policy.error().message.find("2009-05-25 至 2027-11-23"), std::string::npos);
  }
  EXPECT_TRUE(pack.at(pack.first_day()).has_value());
  EXPECT_TRUE(pack.at(pack.last_day()).has_value());
  using namespace std::chrono;
  EXPECT_FALSE(pack.at(Date{2023y, February, 30d}).has_value());
}

TEST(PolicyPack, RefusesOverlapAndNamesBothRows) {
  const auto pack =
      parse(row("a", "a.old", "20", "2020-01-01", "2024-06-30") + row("a", "a.new", "25", "2024-06-30", ""));
  ASSERT_FALSE(pack.has_value());
  EXPECT_EQ(pack.error().code, IssueCode::policy_overlap);
  EXPECT_EQ(pack.error().place, (Place{"包.csv", "", 3, 0}));
  for (const auto* part : {"第2行 a.old", "第3行 a.new"}) {
    EXPECT_NE(pack.error().message.find(part), std::string::npos) << pack.error().message;
  }
  EXPECT_EQ(parse(row("a", "x", "1", "2020-01-01", "") + row("a", "y", "1", "2021-01-01", "")).error().code,
            IssueCode::policy_overlap);
  EXPECT_EQ(parse(row("a", "x", "1", "", "") + row("a", "y", "1", "", "")).error().code,
            IssueCode::policy_overlap);
}

TEST(PolicyPack, RefusesAGapUnlessARowSaysSo) {
  const std::string old = row("a", "a.old", "20", "2020-01-01", "2024-06-29");
  const std::string late = row("a", "a.new", "25", "2024-07-01", "");
  const auto pack = parse(late + old);  // any order of rows
  ASSERT_FALSE(pack.has_value());
  EXPECT_EQ(pack.error().code, IssueCode::policy_gap);
  for (const auto* part : {"第3行 a.old", "第2行 a.new"}) {
    EXPECT_NE(pack.error().message.find(part), std::string::npos) << pack.error().message;
  }
  const auto filled =
      parse(old + row("a", "a.gap", "none", "2024-06-30", "2024-06-30", "high", "text", "gap") + late);
  ASSERT_TRUE(filled.has_value());
  EXPECT_EQ(filled->at(parse_date("2024-06-30").value()).value().find("a"), nullptr);
  EXPECT_EQ(filled->at(parse_date("2024-07-01").value()).value().find("a")->key, "a.new");
}

TEST(PolicyPack, RefusesBadRowsAndNamesAllOfThem) {
  const auto pack = parse(
      row("a", "a", "20", "2020-13-01", "") + row("b", "b", "zwanzig", "2020-01-01", "") +
      row("c", "c", "20", "2020-01-01", "", "sure") + row("d", "d", "1", "2020-01-01", "", "high", "ell") +
      row("e", "e", "1", "2020-01-01", "2019-01-01") + row("", "f", "1", "2020-01-01", "") +
      row("g", "g", "1", "2020-01-01", "", "high", "percent", "wish") +
      row("h", "h", "yes", "2020-01-01", "", "high", "boolean") + "i,i,1\n");
  ASSERT_FALSE(pack.has_value());
  ASSERT_EQ(pack.errors().size(), 9U);
  const char* columns[] = {"effective_from", "value",   "confidence", "unit", "effective_to",
                           "series",         "acts_as", "value",      ""};
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(pack.errors()[i].code, IssueCode::policy_row) << i;
    EXPECT_EQ(pack.errors()[i].column, columns[i]) << i;
    EXPECT_EQ(pack.errors()[i].place.row, i + 2) << i;
  }
}

TEST(PolicyPack, RefusesUnknownRepeatedAndMissingColumns) {
  const auto unknown = PolicyPack::parse(std::string("colour,") + kHeader, "包.csv");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, IssueCode::policy_row);
  EXPECT_EQ(unknown.error().column, "colour");
  EXPECT_EQ(PolicyPack::parse(std::string("series,") + kHeader, "包.csv").error().column, "series");
  const auto missing = PolicyPack::parse("series,key,value\n", "包.csv");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, IssueCode::missing_column);
  EXPECT_EQ(PolicyPack::parse("", "包.csv").error().code, IssueCode::file_empty);
  EXPECT_FALSE(PolicyPack::parse(kHeader + std::string("\"a,b\n"), "包.csv").has_value());
}

TEST(PolicyPack, ReadsQuotesLineEndsAndByteOrderMark) {
  std::string text = "\xEF\xBB\xBF" + std::string(kHeader);
  text.insert(text.size() - 1, "\r");
  text += "a,a,\"one, \"\"two\"\"\nthree\",text,,2020-01-01,,,,,,high,info,\r\n\r\n";
  const auto pack = PolicyPack::parse(text, "包.csv");
  ASSERT_TRUE(pack.has_value());
  EXPECT_EQ(pack->rows().front().value, "one, \"two\"\nthree");
}

TEST(PolicyPack, LaysAUsersPackOverTheBundledOneSeriesBySeries) {
  const auto user =
      parse(row("lpr.1y", "lpr.1y.user", "2.95", "2026-05-20", "2026-06-19", "high", "percent", "reference") +
            row("own.rule", "own.rule", "1", "2026-01-01", ""))
          .value();
  const auto pack = PolicyPack::bundled().overlaid_with(user).value();
  EXPECT_EQ(pack.at(parse_date("2026-05-20").value()).value().find("lpr.1y")->millionths(), 29'500);
  EXPECT_EQ(pack.at(parse_date("2024-02-20").value()).value().find("lpr.1y"), nullptr) << "replaced whole";
  EXPECT_NE(pack.at(parse_date("2024-02-20").value()).value().find("lpr.5y"), nullptr);
  EXPECT_NE(pack.at(parse_date("2026-02-20").value()).value().find("own.rule"), nullptr);
  EXPECT_EQ(pack.last_day(), PolicyPack::bundled().last_day());
  EXPECT_EQ(pack.series_count(), PolicyPack::bundled().series_count() + 1);

  const auto longer =
      parse(row("pack.last_day", "pack.last_day", "2029-12-31", "", "", "high", "date", "info")).value();
  EXPECT_EQ(to_string(PolicyPack::bundled().overlaid_with(longer).value().last_day()), "2029-12-31");
}

TEST(PolicyPack, WorksOutTheDaysOfAPackThatDoesNotSay) {
  const auto pack = parse(row("a", "a", "1", "2020-01-01", "2024-02-29") +
                          row("b", "b", "1", "2019-01-01", "", "high", "percent", "info"))
                        .value();
  EXPECT_EQ(to_string(pack.first_day()), "2020-01-01");
  EXPECT_EQ(to_string(pack.last_day()), "2025-02-28");
}

}  // namespace
}  // namespace huoshui
