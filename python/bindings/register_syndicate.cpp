#include <huoshui/syndicate/propose.hpp>
#include <huoshui/syndicate/verify.hpp>

#include "records.hpp"

namespace huoshui::bindings {

template <>
struct Words<syndicate::LenderKind> : WordsTo<syndicate::LenderKind::other> {};
template <>
struct Words<syndicate::PublicDebt> : WordsTo<syndicate::PublicDebt::carried> {};
template <>
struct Words<syndicate::Decision> : WordsTo<syndicate::Decision::impossible> {};
template <>
struct Words<syndicate::Repayment> : WordsTo<syndicate::Repayment::seasonal> {};
template <>
struct Words<syndicate::Role> : WordsTo<syndicate::Role::participant> {};

template <>
struct Fields<syndicate::RepaymentTerms> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::RepaymentTerms& x, const auto& v) {
    v("repayment", x.repayment);
    v("interval_months", x.interval_months);
    v("grace_months", x.grace_months);
    v("season", x.season);
  }
};

template <>
struct Fields<syndicate::Draw> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Draw& x, const auto& v) {
    v("month", x.month);
    v("amount", x.amount);
  }
};

template <>
struct Fields<syndicate::LoanTerms> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::LoanTerms& x, const auto& v) {
    v("amount", x.amount);
    v("rate", x.rate);
    v("tenor_months", x.tenor_months);
    v("repayment", x.repayment);
    v("draws", x.draws);
  }
};

template <>
struct Fields<syndicate::Instalment> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Instalment& x, const auto& v) {
    v("month", x.month);
    v("due", x.due);
    v("drawn", x.drawn);
    v("principal", x.principal);
    v("interest", x.interest);
    v("balance", x.balance);
  }
};

template <>
struct Fields<syndicate::Schedule> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Schedule& x, const auto& v) { v("instalments", x.instalments); }
};

template <>
struct Fields<syndicate::Subsidy> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Subsidy& x, const auto& v) {
    v("points", x.points);
    v("months", x.months);
    v("principal_cap", x.principal_cap);
    v("from_", x.from);  // `from` is a keyword of Python
    v("to", x.to);
  }
};

template <>
struct Fields<syndicate::YearCover> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::YearCover& x, const auto& v) {
    v("year", x.year);
    v("debt_service", x.debt_service);
    v("income", x.income);
    v("ratio", x.ratio);
  }
};

template <>
struct Fields<syndicate::CapitalStack> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::CapitalStack& x, const auto& v) {
    v("total_investment", x.total_investment);
    v("own_funds", x.own_funds);
    v("special_bond", x.special_bond);
    v("policy_fund", x.policy_fund);
    v("grant", x.grant);
    v("loans", x.loans);
    v("shareholder_loans", x.shareholder_loans);
    v("industry", x.industry);
    v("bond_on_positive_list", x.bond_on_positive_list);
  }
};

template <>
struct Fields<syndicate::CapitalSources> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::CapitalSources& x, const auto& v) {
    v("total_investment", x.total_investment);
    v("own_funds", x.own_funds);
    v("special_bond", x.special_bond);
    v("policy_fund", x.policy_fund);
    v("grant", x.grant);
    v("loans", x.loans);
    v("industry", x.industry);
    v("bond_on_positive_list", x.bond_on_positive_list);
  }
};

template <>
struct Fields<syndicate::CapitalProposal> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::CapitalProposal& x, const auto& v) {
    v("stack", x.stack);
    v("capital_gap", x.capital_gap);
    v("funding_gap", x.funding_gap);
    v("findings", x.findings);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
  }
};

template <>
struct Fields<syndicate::Institution> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Institution& x, const auto& v) {
    v("id", x.id);
    v("name", x.name);
    v("kind", x.kind);
    v("net_capital", x.net_capital);
    v("tier1_capital", x.tier1_capital);
    v("client_loans", x.client_loans);
    v("client_exposure", x.client_exposure);
    v("group_exposure", x.group_exposure);
    v("appetite", x.appetite);
    v("min_ticket", x.min_ticket);
    v("max_ticket", x.max_ticket);
    v("max_tenor_months", x.max_tenor_months);
    v("rate", x.rate);
    v("score", x.score);
    v("participation_fee", x.participation_fee);
    v("arrangement_fee", x.arrangement_fee);
    v("agency_fee", x.agency_fee);
    v("may_lead", x.may_lead);
    v("may_be_agent", x.may_be_agent);
    v("places", x.places);
    v("security", x.security);
  }
};

template <>
struct Fields<syndicate::TrancheAsk> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::TrancheAsk& x, const auto& v) {
    v("amount", x.amount);
    v("tenor_months", x.tenor_months);
    v("repayment", x.repayment);
    v("draws", x.draws);
  }
};

template <>
struct Fields<syndicate::Deal> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Deal& x, const auto& v) {
    v("id", x.id);
    v("name", x.name);
    v("signing", x.signing);
    v("tranches", x.tranches);
    v("capital", x.capital);
    v("region", x.region);
    v("security", x.security);
    v("public_debt", x.public_debt);
    v("subsidy", x.subsidy);
    v("yearly_income", x.yearly_income);
  }
};

template <>
struct Fields<syndicate::Tranche> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Tranche& x, const auto& v) {
    v("amount", x.amount);
    v("tenor_months", x.tenor_months);
    v("rate", x.rate);
  }
};

template <>
struct Fields<syndicate::Holding> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Holding& x, const auto& v) {
    v("tranche", x.tranche);
    v("amount", x.amount);
  }
};

template <>
struct Fields<syndicate::Member> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Member& x, const auto& v) {
    v("institution", x.institution);
    v("role", x.role);
    v("holdings", x.holdings);
  }
};

template <>
struct Fields<syndicate::Cost> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Cost& x, const auto& v) {
    v("interest", x.interest);
    v("participation_fees", x.participation_fees);
    v("arrangement_fees", x.arrangement_fees);
    v("agency_fees", x.agency_fees);
    v("subsidy", x.subsidy);
    v("total", x.total);
    v("rate", x.rate);
  }
};

template <>
struct Fields<syndicate::Structure> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Structure& x, const auto& v) {
    v("tranches", x.tranches);
    v("members", x.members);
    v("agents", x.agents);
  }
};

template <>
struct Fields<syndicate::CashFlows::Part> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::CashFlows::Part& x, const auto& v) {
    v("institution", x.institution);
    v("tranche", x.tranche);
    v("schedule", x.schedule);
  }
};

template <>
struct Fields<syndicate::CashFlows> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::CashFlows& x, const auto& v) {
    v("tranches", x.tranches);
    v("parts", x.parts);
    v("cover", x.cover);
  }
};

template <>
struct Fields<syndicate::ProposeOptions> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::ProposeOptions& x, const auto& v) {
    v("share_step", x.share_step);
    v("money_step", x.money_step);
    v("runners_up", x.runners_up);
    v("max_members", x.max_members);
    v("max_entries", x.max_entries);
  }
};

template <>
struct Fields<syndicate::Room> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Room& x, const auto& v) {
    v("institution", x.institution);
    v("room", x.room);
    v("least", x.least);
    v("joins", x.joins);
    v("rule", x.rule);
    v("citation", x.citation);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
    v("not_tested", x.not_tested);
  }
};

template <>
struct Fields<syndicate::SoleLender> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::SoleLender& x, const auto& v) {
    v("institution", x.institution);
    v("cost", x.cost);
  }
};

template <>
struct Fields<syndicate::Ranked> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Ranked& x, const auto& v) {
    v("structure", x.structure);
    v("cost", x.cost);
    v("score", x.score);
  }
};

template <>
struct Fields<syndicate::Proof> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Proof& x, const auto& v) {
    v("entries", x.entries);
    v("expanded", x.expanded);
    v("bound", x.bound);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
  }
};

template <>
struct Fields<syndicate::Shortage> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Shortage& x, const auto& v) {
    v("unplaced", x.unplaced);
    v("rooms", x.rooms);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
  }
};

template <>
struct Fields<syndicate::Proposal> {
  static constexpr bool kIsRecord = true;
  static void visit(syndicate::Proposal& x, const auto& v) {
    v("decision", x.decision);
    v("keeps_advice", x.keeps_advice);
    v("rooms", x.rooms);
    v("sole_lenders", x.sole_lenders);
    v("triggers", x.triggers);
    v("gates", x.gates);
    v("structures", x.structures);
    v("proof", x.proof);
    v("shortage", x.shortage);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
  }
};

void register_syndicate(py::module_& m) {
  using namespace syndicate;
  using Institutions = std::vector<Institution>;
  m.def(
      "syndicate_propose",
      [](const Deal& deal, const Institutions& institutions, const Policy& policy,
         const ProposeOptions& options) { return propose(deal, institutions, policy, options).value(); },
      py::arg("deal"), py::arg("institutions"), py::arg("policy"), py::arg("options"), ReleaseGil(),
      "Return the proposal.");
  m.def(
      "syndicate_verify",
      [](const Structure& structure, const Deal& deal, const Institutions& institutions,
         const Policy& policy) { return verify(structure, deal, institutions, policy); },
      py::arg("structure"), py::arg("deal"), py::arg("institutions"), py::arg("policy"), ReleaseGil(),
      "Hold a structure against every rule of its day.");
  m.def(
      "syndicate_schedule",
      [](const LoanTerms& terms, const Date& start) { return schedule(terms, start).value(); },
      py::arg("terms"), py::arg("start"), ReleaseGil(), "Return the borrower's schedule.");
  m.def(
      "syndicate_split",
      [](const Schedule& whole, const std::vector<Money>& shares) { return split(whole, shares); },
      py::arg("whole"), py::arg("shares"), ReleaseGil(), "Share a schedule among lenders.");
  m.def(
      "syndicate_cash_flows",
      [](const Structure& structure, const Deal& deal) { return cash_flows(structure, deal).value(); },
      py::arg("structure"), py::arg("deal"), ReleaseGil(), "Return the schedules of a structure.");
  m.def(
      "syndicate_cost_of",
      [](const Structure& structure, const Deal& deal, const Institutions& institutions) {
        return cost_of(structure, deal, institutions).value();
      },
      py::arg("structure"), py::arg("deal"), py::arg("institutions"), ReleaseGil(),
      "Return the all-in cost.");
  m.def(
      "syndicate_stack_capital",
      [](const CapitalSources& sources, const Policy& policy) { return stack_capital(sources, policy); },
      py::arg("sources"), py::arg("policy"), ReleaseGil(), "Return the capital stack.");
  m.def(
      "syndicate_verify_capital",
      [](const CapitalStack& stack, const Policy& policy) { return verify_capital(stack, policy); },
      py::arg("stack"), py::arg("policy"), ReleaseGil(), "Judge a capital stack.");
}

}  // namespace huoshui::bindings
