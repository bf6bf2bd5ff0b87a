#include <gtest/gtest.h>

#include <huoshui/syndicate/schedule.hpp>

#include "syndicate_parties.hpp"

namespace huoshui::syndicate {
namespace {

using namespace testing;

const Date kStart = day("2025-03-31");

Schedule plan(const LoanTerms& terms) { return schedule(terms, kStart).value(); }

LoanTerms year(Repayment repayment) {
  LoanTerms out;
  out.amount = Money::from_wan(1'200);
  out.rate = 36'000;
  out.tenor_months = 12;
  out.repayment.repayment = repayment;
  return out;
}

TEST(Schedule, OfABulletPaysInterestEachQuarterAndAllAtTheEnd) {
  const auto seen = plan(year(Repayment::bullet));
  ASSERT_EQ(seen.instalments.size(), 5U);
  EXPECT_EQ(seen.instalments[0].drawn, 1'200 * kFenPerWan);
  for (int i = 1; i <= 4; ++i) EXPECT_EQ(seen.instalments[static_cast<std::size_t>(i)].interest, 10'800'000);
  EXPECT_EQ(seen.instalments[4].principal, 1'200 * kFenPerWan);
  EXPECT_EQ(seen.instalments[4].balance, 0);
  EXPECT_EQ(huoshui::to_string(seen.instalments[1].due), "2025-06-30");  // no 31 June
  EXPECT_EQ(huoshui::to_string(seen.instalments[4].due), "2026-03-31");
  EXPECT_EQ(seen.interest(), 43'200'000);
}

TEST(Schedule, OfEqualPrincipalFallsByEqualParts) {
  const auto seen = plan(year(Repayment::equal_principal));
  for (std::size_t i = 1; i <= 4; ++i) EXPECT_EQ(seen.instalments[i].principal, 300 * kFenPerWan);
  EXPECT_EQ(seen.instalments[4].interest, 2'700'000);
  EXPECT_EQ(seen.interest(), 27'000'000);
}

TEST(Schedule, OfAnAnnuityIsLevelToTheFenButForTheLastPayment) {
  auto terms = year(Repayment::annuity);
  terms.repayment.interval_months = 1;
  const auto seen = plan(terms);
  // 12,000,000 at 0.3 % a month over twelve months by the closed form, A i / (1 - (1 + i)^-12).
  for (std::size_t i = 1; i < 12; ++i) {
    const auto paid = seen.instalments[i].principal + seen.instalments[i].interest;
    EXPECT_NEAR(static_cast<double>(paid), 101'960'709.0, 2.0) << i;
    EXPECT_EQ(paid, seen.instalments[1].principal + seen.instalments[1].interest);
  }
  const auto last = seen.instalments[12].principal + seen.instalments[12].interest;
  EXPECT_LE(last, seen.instalments[1].principal + seen.instalments[1].interest);
  EXPECT_EQ(seen.principal(), terms.amount.fen);
}

TEST(Schedule, WaitsForTheGracePeriodAndForTheSeason) {
  auto terms = year(Repayment::equal_principal);
  terms.tenor_months = 24;
  terms.repayment.grace_months = 12;
  const auto graced = plan(terms);
  for (const auto& at : graced.instalments)
    EXPECT_EQ(at.principal, at.month <= 12 ? 0 : 300 * kFenPerWan) << at.month;

  terms.repayment.repayment = Repayment::seasonal;
  terms.repayment.grace_months = 0;
  terms.repayment.season = {11, 12};
  const auto seasonal = plan(terms);
  std::vector<std::string> dates;
  for (const auto& at : seasonal.instalments)
    if (at.principal > 0) dates.push_back(huoshui::to_string(at.due));
  EXPECT_EQ(dates, (std::vector<std::string>{"2025-11-30", "2025-12-31", "2026-11-30", "2026-12-31"}));
  EXPECT_EQ(seasonal.principal(), terms.amount.fen);
}

TEST(Schedule, ChargesInterestOnWhatIsDrawnOnly) {
  auto terms = year(Repayment::bullet);
  terms.repayment.grace_months = 6;
  terms.draws = {{0, Money::from_wan(400)}, {4, Money::from_wan(800)}};
  const auto seen = plan(terms);
  // Four months of 400, eight of 1,200, at 0.3 % a month.
  EXPECT_EQ(seen.interest(), (400 * 4 + 1'200 * 8) * kFenPerWan * 3 / 1'000);
}

TEST(Schedule, RefusesWhatCannotBe) {
  const auto fails = [](auto change) {
    auto terms = year(Repayment::seasonal);
    terms.repayment.season = {9};
    change(terms);
    return !schedule(terms, kStart).has_value();
  };
  EXPECT_FALSE(fails([](LoanTerms&) {}));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.amount = Money::from_fen(99); }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.rate = -1; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.tenor_months = 0; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.repayment.interval_months = 0; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.repayment.grace_months = 12; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.repayment.season = {}; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.draws = {{0, Money::from_wan(1)}}; }));
  EXPECT_TRUE(fails([](LoanTerms& t) { t.draws = {{1, t.amount}}; }));  // after the grace period
}

TEST(Split, AddsUpOnEveryDateAndGivesEachLenderItsShareBack) {
  auto terms = year(Repayment::annuity);
  terms.amount = Money::from_fen(1'000'000'007);
  terms.repayment.grace_months = 3;
  terms.draws = {{0, Money::from_fen(333'333'333)}, {2, Money::from_fen(666'666'674)}};
  const auto whole = plan(terms);
  const std::vector<Money> shares = {Money::from_fen(333'333'335), Money::from_fen(333'333'336),
                                     Money::from_fen(333'333'336)};
  const auto parts = split(whole, shares);
  for (std::size_t at = 0; at < whole.instalments.size(); ++at) {
    std::int64_t drawn = 0, principal = 0, interest = 0, balance = 0;
    for (const auto& part : parts) {
      drawn += part.instalments[at].drawn;
      principal += part.instalments[at].principal;
      interest += part.instalments[at].interest;
      balance += part.instalments[at].balance;
      EXPECT_GE(part.instalments[at].principal, 0);
      EXPECT_GE(part.instalments[at].interest, 0);
    }
    EXPECT_EQ(drawn, whole.instalments[at].drawn);
    EXPECT_EQ(principal, whole.instalments[at].principal);
    EXPECT_EQ(interest, whole.instalments[at].interest);
    EXPECT_EQ(balance, whole.instalments[at].balance);
  }
  for (std::size_t i = 0; i < shares.size(); ++i) EXPECT_EQ(parts[i].principal(), shares[i].fen);
  EXPECT_THROW((void)split(whole, std::vector<Money>{Money::from_wan(1)}), ContractError);
}

TEST(Subsidy, EndsWithItsMonthsItsCapAndItsDays) {
  const auto whole = plan(year(Repayment::bullet));
  Subsidy subsidy{.points = 15'000, .months = 24, .to = day("2026-12-31")};
  EXPECT_EQ(subsidy_of(whole, subsidy, day("2026-12-31"), {}), 1'200 * kFenPerWan * 15 / 1'000);
  EXPECT_EQ(subsidy_of(whole, subsidy, day("2027-01-01"), {}), 0);
  subsidy.from = day("2026-01-01");
  EXPECT_EQ(subsidy_of(whole, subsidy, day("2025-12-31"), {}), 0);
  subsidy.months = 6;
  EXPECT_EQ(subsidy_of(whole, subsidy, day("2026-01-01"), {}), 1'200 * kFenPerWan * 15 / 2'000);
  EXPECT_EQ(subsidy_of(whole, subsidy, day("2026-01-01"), Money::from_wan(300)),
            300 * kFenPerWan * 15 / 2'000);
}

TEST(DebtCover, ComparesYearByYearAndLeavesUnknownYearsOut) {
  auto terms = year(Repayment::equal_principal);
  terms.tenor_months = 24;
  const std::vector<Schedule> wholes = {plan(terms)};
  const std::vector<Money> incomes = {Money::from_wan(800)};
  const auto seen = debt_cover(wholes, incomes);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].debt_service, 600 * kFenPerWan + (1'200 + 1'050 + 900 + 750) * kFenPerWan * 9 / 1'000);
  EXPECT_EQ(*seen[0].ratio, 800 * kFenPerWan * 1'000'000 / seen[0].debt_service);
}

}  // namespace
}  // namespace huoshui::syndicate
