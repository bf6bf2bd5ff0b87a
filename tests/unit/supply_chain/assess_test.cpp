#include <gtest/gtest.h>

#include <functional>
#include <huoshui/supply_chain/assess.hpp>

#include "chains.hpp"

namespace huoshui::supply_chain_test {
namespace {

const auto kDay = "2026-02-01";

GateOutcome outcome(const ClaimReading& reading, Gate gate) { return reading.outcomes[index_of(gate)]; }

Claim good(ClaimKind kind = ClaimKind::receivable) {
  return claim("c", "S", kind == ClaimKind::stock ? "" : "A", 100 * kWan, kind);
}

TEST(Assess, LendsTheRateOnWhatIsNotFinancedYet) {
  const auto policy = on(kDay);
  auto c = good();
  auto reading = read(c, policy);
  EXPECT_EQ(reading.standing, ClaimStanding::eligible);
  EXPECT_EQ(reading.eligible, 80 * kWan);
  EXPECT_EQ(reading.full, 80 * kWan);
  EXPECT_EQ(reading.last_day, day("2026-03-01"));
  c.financed = 40 * kWan;
  EXPECT_EQ(read(c, policy).eligible, 48 * kWan);
  c.financed = 100 * kWan;
  EXPECT_EQ(read(c, policy).standing, ClaimStanding::refused);
  EXPECT_EQ(read(good(), policy, at_rate(kWhole)).eligible, 100 * kWan);
  EXPECT_EQ(read(good(), policy, at_rate(333'333)).eligible, 33'333'300);
}

TEST(Assess, NeverGuessesAnAmountOrARate) {
  const auto policy = on(kDay);
  auto c = good();
  c.amount.reset();
  auto reading = read(c, policy);
  EXPECT_EQ(reading.standing, ClaimStanding::undecided);
  EXPECT_EQ(outcome(reading, Gate::amount), GateOutcome::undecided);
  EXPECT_EQ(reading.eligible, 0);
  reading = read(good(), policy, Terms{});
  EXPECT_EQ(reading.standing, ClaimStanding::undecided);
  EXPECT_EQ(outcome(reading, Gate::advance_rate), GateOutcome::undecided);
}

/// A gate either side: what is changed, the gate, what it must say, and what can be lent.
struct Case {
  const char* what;
  ClaimKind kind;
  std::function<void(Claim&)> change;
  Gate gate;
  GateOutcome expected;
  std::int64_t eligible;
};

TEST(Assess, HoldsEachGateEitherSide) {
  using enum GateOutcome;
  const auto r = ClaimKind::receivable, v = ClaimKind::e_voucher, b = ClaimKind::bill, o = ClaimKind::order,
             s = ClaimKind::stock;
  const std::int64_t all = 80 * kWan;
  const std::vector<Case> cases = {
      {"due tomorrow", r, [](Claim& c) { c.due_day = day("2026-02-02"); }, Gate::not_due, pass, all},
      {"due today", r, [](Claim& c) { c.due_day = day(kDay); }, Gate::not_due, fail, 0},
      {"due day missing", r, [](Claim& c) { c.due_day.reset(); }, Gate::not_due, undecided, 0},
      {"storage without an end", s, [](Claim& c) { c.due_day.reset(); }, Gate::not_due, not_tested, all},
      {"disputed", r, [](Claim& c) { c.disputed = Truth::yes; }, Gate::trade, fail, 0},
      {"dispute not known", r, [](Claim& c) { c.disputed = Truth::unknown; }, Gate::trade, not_tested, all},
      {"with oneself", r, [](Claim& c) { c.buyer = "S"; }, Gate::trade, fail, 0},
      {"undisputed", r, [](Claim&) {}, Gate::trade, pass, all},
      {"buyer named", r, [](Claim&) {}, Gate::buyer, pass, all},
      {"stock has no buyer", s, [](Claim&) {}, Gate::buyer, not_asked, all},
      {"not related", r, [](Claim&) {}, Gate::related_party, pass, all},
      {"pledged nowhere", r, [](Claim&) {}, Gate::free_of_pledge, pass, all},
      {"a fen is left", r, [](Claim& c) { c.financed = *c.amount - 2; }, Gate::amount, pass, 1},
      {"all is financed", r, [](Claim& c) { c.financed = *c.amount; }, Gate::amount, fail, 0},
      {"amount missing", r, [](Claim& c) { c.amount.reset(); }, Gate::amount, undecided, 0},
      {"voucher confirmed", v, [](Claim&) {}, Gate::confirmation, pass, all},
      {"confirmation not known", r, [](Claim& c) { c.confirmed = Truth::unknown; }, Gate::confirmation,
       undecided, 0},
      {"an order is not confirmed", o, [](Claim& c) { c.confirmed = Truth::no; }, Gate::confirmation,
       not_asked, all},
      {"custody not known", s, [](Claim& c) { c.custody = Truth::unknown; }, Gate::custody, undecided, 0},
      {"usual tenor, issue day missing", v, [](Claim& c) { c.issue_day.reset(); }, Gate::e_voucher_usual,
       not_tested, all},
      {"usual tenor, issued the day before", v,
       [](Claim& c) { c.issue_day = day("2025-06-14"), c.due_day = day("2026-02-15"); },
       Gate::e_voucher_usual, not_tested, all},
      {"usual tenor, issued on the first day", v,
       [](Claim& c) { c.issue_day = day("2025-06-15"), c.due_day = day("2026-02-15"); },
       Gate::e_voucher_usual, caution, all},
      {"tenor, due day missing", v, [](Claim& c) { c.due_day.reset(); }, Gate::e_voucher_tenor, not_tested,
       0},
      {"bill, due day missing", b, [](Claim& c) { c.due_day.reset(); }, Gate::bill_tenor, not_tested, 0},
      {"no buyer named", r, [](Claim& c) { c.buyer.clear(); }, Gate::buyer, undecided, 0},
      {"related", r, [](Claim& c) { c.related = Truth::yes; }, Gate::related_party, fail, 0},
      {"relation not known", r, [](Claim& c) { c.related = Truth::unknown; }, Gate::related_party, not_tested,
       all},
      {"pledged elsewhere", r, [](Claim& c) { c.pledged_elsewhere = Truth::yes; }, Gate::free_of_pledge, fail,
       0},
      {"pledge not known", r, [](Claim& c) { c.pledged_elsewhere = Truth::unknown; }, Gate::free_of_pledge,
       not_tested, all},
      {"registered", r, [](Claim&) {}, Gate::registration, pass, all},
      {"not registered", r, [](Claim& c) { c.registered = Truth::no; }, Gate::registration, fail, 0},
      {"registration not known", r, [](Claim& c) { c.registered = Truth::unknown; }, Gate::registration,
       undecided, 0},
      {"a bill needs none", b, [](Claim& c) { c.registered = Truth::no; }, Gate::registration, not_asked,
       all},
      {"confirmed", r, [](Claim&) {}, Gate::confirmation, pass, all},
      {"not confirmed", r, [](Claim& c) { c.confirmed = Truth::no; }, Gate::confirmation, fail, 0},
      {"voucher not confirmed", v, [](Claim& c) { c.confirmed = Truth::unknown; }, Gate::confirmation,
       undecided, 0},
      {"order with account", o, [](Claim&) {}, Gate::locked_account, pass, all},
      {"order without", o, [](Claim& c) { c.locked_account = Truth::no; }, Gate::locked_account, fail, 0},
      {"order, not known", o, [](Claim& c) { c.locked_account = Truth::unknown; }, Gate::locked_account,
       undecided, 0},
      {"receivable without account", r, [](Claim& c) { c.locked_account = Truth::no; }, Gate::locked_account,
       not_asked, all},
      {"stock in custody", s, [](Claim&) {}, Gate::custody, pass, all},
      {"stock at home", s, [](Claim& c) { c.custody = Truth::no; }, Gate::custody, fail, 0},
      // 银发〔2025〕77号.
      {"voucher of 6 months", v, [](Claim& c) { c.due_day = day("2026-07-10"); }, Gate::e_voucher_usual, pass,
       all},
      {"and a day", v, [](Claim& c) { c.due_day = day("2026-07-11"); }, Gate::e_voucher_usual, caution, all},
      {"voucher of 12 months", v, [](Claim& c) { c.due_day = day("2027-01-10"); }, Gate::e_voucher_tenor,
       pass, all},
      {"and a day too long", v, [](Claim& c) { c.due_day = day("2027-01-11"); }, Gate::e_voucher_tenor, fail,
       0},
      {"issue day missing", v, [](Claim& c) { c.issue_day.reset(); }, Gate::e_voucher_tenor, not_tested, all},
      {"issued on the first day", v,
       [](Claim& c) { c.issue_day = day("2025-06-15"), c.due_day = day("2026-06-16"); },
       Gate::e_voucher_tenor, fail, 0},
      {"issued the day before", v,
       [](Claim& c) { c.issue_day = day("2025-06-14"), c.due_day = day("2026-06-16"); },
       Gate::e_voucher_tenor, not_tested, all},
      // 〔2022〕第4号令.
      {"bill of 6 months", b, [](Claim& c) { c.due_day = day("2026-07-10"); }, Gate::bill_tenor, pass, all},
      {"bill, a day more", b, [](Claim& c) { c.due_day = day("2026-07-11"); }, Gate::bill_tenor, fail, 0},
      {"bill, no issue day", b, [](Claim& c) { c.issue_day.reset(); }, Gate::bill_tenor, not_tested, all},
      {"bill of the first day", b, [](Claim& c) { c.issue_day = day("2023-01-01"); }, Gate::bill_tenor, fail,
       0},
      {"bill of the day before", b, [](Claim& c) { c.issue_day = day("2022-12-31"); }, Gate::bill_tenor,
       not_tested, all},
      {"end of a short month", b,
       [](Claim& c) { c.issue_day = day("2025-08-31"), c.due_day = day("2026-02-28"); }, Gate::bill_tenor,
       pass, all},
  };
  const auto policy = on(kDay);
  for (const auto& test : cases) {
    auto c = good(test.kind);
    test.change(c);
    const auto reading = read(c, policy);
    EXPECT_EQ(outcome(reading, test.gate), test.expected)
        << test.what << ": " << to_string(outcome(reading, test.gate));
    EXPECT_EQ(reading.eligible, test.eligible) << test.what;
    EXPECT_EQ(reading.standing == ClaimStanding::eligible, test.eligible > 0) << test.what;
  }
}

TEST(Assess, AppliesNoRuleBeforeItsFirstDay) {
  struct Dated {
    ClaimKind kind;
    Gate gate;
    const char *before, *first;
    std::function<void(Claim&)> change;
    GateOutcome expected;
  };
  using enum GateOutcome;
  const std::vector<Dated> cases = {
      {ClaimKind::receivable, Gate::registration, "2020-12-31", "2021-01-01",
       [](Claim& c) { c.registered = Truth::no; }, fail},
      {ClaimKind::receivable, Gate::confirmation, "2020-12-31", "2021-01-01",
       [](Claim& c) { c.confirmed = Truth::no; }, fail},
      {ClaimKind::order, Gate::locked_account, "2020-12-31", "2021-01-01",
       [](Claim& c) { c.locked_account = Truth::no; }, fail},
      {ClaimKind::e_voucher, Gate::e_voucher_tenor, "2025-06-14", "2025-06-15",
       [](Claim& c) { c.issue_day = day("2025-06-15"), c.due_day = day("2026-06-16"); }, fail},
      {ClaimKind::e_voucher, Gate::e_voucher_usual, "2025-06-14", "2025-06-15",
       [](Claim& c) { c.issue_day = day("2025-06-15"), c.due_day = day("2025-12-16"); }, caution},
      {ClaimKind::bill, Gate::bill_tenor, "2022-12-31", "2023-01-01",
       [](Claim& c) { c.issue_day = day("2023-01-01"), c.due_day = day("2023-07-02"); }, fail},
      {ClaimKind::receivable, Gate::pay_when_paid, "2025-05-31", "2025-06-01",
       [](Claim& c) { c.contract_day = day("2025-06-01"), c.pay_when_paid = Truth::yes; }, caution},
  };
  for (const auto& test : cases) {
    auto c = good(test.kind);
    test.change(c);
    EXPECT_EQ(outcome(read(c, on(test.before)), test.gate), not_tested) << to_string(test.gate);
    EXPECT_EQ(outcome(read(c, on(test.first)), test.gate), test.expected) << to_string(test.gate);
  }
}

TEST(Assess, WarnsOfBuyersWhoPayLate) {
  using enum GateOutcome;
  struct Late {
    BuyerKind buyer;
    const char *contract, *due;
    Gate gate;
    GateOutcome expected;
  };
  const auto public_body = BuyerKind::public_institution, large = BuyerKind::large_enterprise;
  // Delivered on 2026-01-10; 30 days end on 2026-02-09, 60 days on 2026-03-11.
  const std::vector<Late> cases = {
      {public_body, "2025-06-01", "2026-02-09", Gate::public_term_usual, pass},
      {public_body, "2025-06-01", "2026-02-10", Gate::public_term_usual, caution},
      {public_body, "2025-06-01", "2026-03-11", Gate::public_term_max, pass},
      {public_body, "2025-06-01", "2026-03-12", Gate::public_term_max, caution},
      {public_body, "2025-05-31", "2026-03-12", Gate::public_term_max, not_tested},
      {large, "2025-06-01", "2026-03-11", Gate::large_term, pass},
      {large, "2025-06-01", "2026-03-12", Gate::large_term, caution},
      {large, "2025-05-31", "2026-03-12", Gate::large_term, not_tested},
      {BuyerKind::other, "2025-06-01", "2026-03-12", Gate::large_term, not_asked},
      {BuyerKind::unknown, "2025-06-01", "2026-03-12", Gate::public_term_max, not_asked},
  };
  for (const auto& test : cases) {
    auto c = good();
    c.contract_day = day(test.contract);
    c.due_day = day(test.due);
    const auto reading = read(c, on(kDay), at_rate(800'000), test.buyer);
    EXPECT_EQ(outcome(reading, test.gate), test.expected) << test.contract << " " << test.due;
    EXPECT_EQ(reading.eligible, 80 * kWan);  // a risk flag, not a refusal
  }
  auto c = good();
  c.delivery_day.reset();
  EXPECT_EQ(outcome(read(c, on(kDay), at_rate(800'000), large), Gate::large_term), not_tested);
  c.pay_when_paid = Truth::yes;
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::pay_when_paid), caution);
  c.contract_day = day("2025-05-31");
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::pay_when_paid), not_tested);
}

TEST(Assess, DoesNotTestTermsOfPaymentWithoutTheirDaysOrBeforeTheirRule) {
  using enum GateOutcome;
  struct Term {
    BuyerKind buyer;
    Gate gate;
  };
  const Term terms[] = {
      {BuyerKind::public_institution, Gate::public_term_usual},
      {BuyerKind::public_institution, Gate::public_term_max},
      {BuyerKind::government, Gate::public_term_usual},
      {BuyerKind::government, Gate::public_term_max},
      {BuyerKind::large_enterprise, Gate::large_term},
  };
  for (const auto& [buyer, gate] : terms) {
    auto late = good();
    late.contract_day = day("2025-06-01");
    late.due_day = day("2026-03-12");
    const auto at = [&, b = buyer, g = gate](const Claim& c, std::string_view signing) {
      return outcome(read(c, on(signing), at_rate(800'000), b), g);
    };
    EXPECT_EQ(at(late, "2025-06-01"), caution) << to_string(gate);
    EXPECT_EQ(at(late, "2025-05-31"), not_tested) << to_string(gate);
    for (const auto missing : {&Claim::contract_day, &Claim::delivery_day, &Claim::due_day}) {
      auto c = late;
      (c.*missing).reset();
      EXPECT_EQ(at(c, kDay), not_tested) << to_string(gate);
    }
  }
  auto c = good();
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::pay_when_paid), not_asked);  // nobody says that there is one
  c.pay_when_paid = Truth::no;
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::pay_when_paid), pass);
  c.pay_when_paid = Truth::yes;
  c.contract_day.reset();
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::pay_when_paid), not_tested);
}

TEST(Assess, RefusesAClaimWhoseDocumentStandsTwice) {
  auto one = good(), other = good();
  one.id = "c", other.id = "d";
  one.documents = {"FP-1"};
  const auto reads = [&](const char* document) {
    other.documents = {document};
    const auto chain = Chain::build({anchor("A", {}), party("S")}, {one, other}).value();
    return outcome(assess(chain, shape_of(chain), 0, gates_on(on(kDay)), day(kDay), at_rate(800'000)),
                   Gate::free_of_pledge);
  };
  EXPECT_EQ(reads("FP-1"), GateOutcome::fail);
  EXPECT_EQ(reads("FP-2"), GateOutcome::pass);
}

TEST(Assess, CountsWhatACircleLeaves) {
  // S holds the claim of 100 on A and owes A `owed`.
  const auto reads = [](std::optional<std::int64_t> owed) {
    auto debt = claim("d", "A", "S", 1);
    debt.amount = owed;
    const auto chain = Chain::build({anchor("A", {}), party("S")}, {good(), debt}).value();
    return assess(chain, shape_of(chain), 0, gates_on(on(kDay)), day(kDay), at_rate(800'000));
  };
  EXPECT_EQ(outcome(reads(100 * kWan - 100), Gate::circle), GateOutcome::caution);
  EXPECT_EQ(reads(100 * kWan - 100).eligible, 80);
  EXPECT_EQ(outcome(reads(100 * kWan), Gate::circle), GateOutcome::fail);
  EXPECT_EQ(outcome(reads(std::nullopt), Gate::circle), GateOutcome::undecided);
  EXPECT_EQ(reads(std::nullopt).eligible, 0);
  EXPECT_EQ(outcome(read(good(), on(kDay)), Gate::circle), GateOutcome::not_asked);
}

TEST(Assess, AsksAGovernmentBuyerForBudgetEvidence) {
  auto c = good();
  const auto reads = [&](std::string_view date) {
    return read(c, on(date), at_rate(800'000), BuyerKind::government);
  };
  EXPECT_EQ(reads(kDay).eligible, 80 * kWan);
  EXPECT_EQ(outcome(reads(kDay), Gate::budget_evidence), GateOutcome::pass);
  c.budget_evidence = Truth::no;
  EXPECT_EQ(outcome(reads(kDay), Gate::budget_evidence), GateOutcome::fail);
  EXPECT_EQ(reads(kDay).eligible, 0);
  c.budget_evidence = Truth::unknown;
  EXPECT_EQ(outcome(reads(kDay), Gate::budget_evidence), GateOutcome::undecided);
  EXPECT_EQ(reads(kDay).eligible, 0);
  EXPECT_EQ(reads(kDay).full, 80 * kWan);
  EXPECT_EQ(outcome(reads("2018-03-27"), Gate::budget_evidence), GateOutcome::not_tested);
  EXPECT_EQ(outcome(reads("2018-03-28"), Gate::budget_evidence), GateOutcome::undecided);
}

TEST(Assess, ReadsRelationsFromGroups) {
  auto c = good();
  c.related = Truth::unknown;
  const auto with = [&](std::string a, std::string b) {
    return outcome(read(c, on(kDay), at_rate(800'000), BuyerKind::other, std::move(a), std::move(b)),
                   Gate::related_party);
  };
  EXPECT_EQ(with("G", "G"), GateOutcome::fail);
  EXPECT_EQ(with("G", "H"), GateOutcome::pass);
  EXPECT_EQ(with("G", ""), GateOutcome::not_tested);
}

TEST(Assess, KeepsTheLendersShareOfTheUnconfirmed) {
  auto terms = at_rate(800'000);
  terms.unconfirmed_share = 500'000;
  auto c = good();
  c.confirmed = Truth::no;
  const auto reading = read(c, on(kDay), terms);
  EXPECT_EQ(reading.standing, ClaimStanding::eligible);
  EXPECT_EQ(reading.eligible, 40 * kWan);
  EXPECT_EQ(reading.full, 80 * kWan);
  EXPECT_EQ(reading.lacking, static_cast<std::uint8_t>(Supply::confirm));
}

TEST(Assess, KeepsTheLendersTenor) {
  auto terms = at_rate(800'000);
  terms.tenor_max_months = 1;
  terms.grace_days = 1;
  auto c = good();
  c.due_day = day("2026-02-28");
  EXPECT_EQ(read(c, on(kDay), terms).last_day, day("2026-03-01"));
  EXPECT_EQ(read(c, on(kDay), terms).eligible, 80 * kWan);
  c.due_day = day("2026-03-01");
  EXPECT_EQ(outcome(read(c, on(kDay), terms), Gate::lender_tenor), GateOutcome::fail);
  c.due_day.reset();
  EXPECT_EQ(outcome(read(c, on(kDay), terms), Gate::lender_tenor), GateOutcome::not_tested);
  EXPECT_EQ(outcome(read(c, on(kDay)), Gate::lender_tenor), GateOutcome::not_asked);
  auto goods = good(ClaimKind::stock);
  goods.due_day = day("2026-12-31");
  EXPECT_EQ(read(goods, on(kDay), terms).last_day, day("2026-03-01"));
}

}  // namespace
}  // namespace huoshui::supply_chain_test
