#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <huoshui/core/date.hpp>
#include <huoshui/report/report.hpp>
#include <utility>

#include "report/detail/structure_json.hpp"

namespace huoshui {
namespace detail {
namespace {

namespace json = boost::json;

json::value number(std::optional<std::int64_t> value) {
  return value ? json::value(*value) : json::value(nullptr);
}

json::value range(const std::optional<Interval>& value) {
  if (!value || (!value->has_min() && !value->has_max())) return nullptr;
  return json::object{{"min", value->has_min() ? json::value(value->min) : json::value(nullptr)},
                      {"max", value->has_max() ? json::value(value->max) : json::value(nullptr)}};
}

json::value day(const std::optional<Date>& date) {
  return date ? json::value(to_string(*date)) : json::value(nullptr);
}

std::string_view word(Truth truth) {
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

json::object said(const Phrase& phrase) { return {{"zh", phrase.zh}, {"en", phrase.en}}; }

json::array said(std::span<const Phrase> phrases) {
  json::array out;
  for (const auto& phrase : phrases) out.push_back(said(phrase));
  return out;
}

json::array benefits_array(std::span<const Benefit> benefits) {
  json::array out;
  for (const auto& benefit : benefits) {
    out.push_back(json::object{{"series", benefit.series},
                               {"applies", word(benefit.applies)},
                               {"for", to_string(benefit.whom)},
                               {"points", benefit.points},
                               {"from", day(benefit.from)},
                               {"to", day(benefit.to)},
                               {"text", said(benefit.text)},
                               {"pending", said(benefit.pending)},
                               {"citation", to_string(benefit.citation)}});
  }
  return out;
}

json::object terms_of(const PlainTerms& terms) {
  return {{"rate", range(terms.rate)},
          {"security", terms.security},
          {"interest_fen", terms.schedule ? json::value(terms.schedule->interest()) : json::value(nullptr)}};
}

json::object terms_of(const SyndicateTerms& terms) {
  json::object out{{"lenders_at_least", number(terms.lenders_at_least)},
                   {"decision", nullptr},
                   {"shares", json::array{}},
                   {"cost_fen", nullptr},
                   {"rate", nullptr},
                   {"capital", nullptr}};
  if (terms.capital) {
    const auto& stack = terms.capital->stack;
    out["capital"] = json::object{{"own_funds_fen", stack.own_funds.fen},
                                  {"special_bond_fen", stack.special_bond.fen},
                                  {"policy_fund_fen", stack.policy_fund.fen},
                                  {"grant_fen", stack.grant.fen},
                                  {"loans_fen", stack.loans.fen},
                                  {"capital_gap_fen", terms.capital->capital_gap},
                                  {"funding_gap_fen", terms.capital->funding_gap}};
  }
  if (!terms.proposal) return out;
  const auto& proposal = *terms.proposal;
  constexpr std::array<std::string_view, 5> kDecisions{"one_lender_enough", "syndicate_encouraged",
                                                       "syndicate_needed", "refused", "impossible"};
  out["decision"] = kDecisions[static_cast<std::size_t>(proposal.decision)];
  const auto share = [&](const std::string& institution, std::string_view role, std::int64_t fen) {
    out["shares"].as_array().push_back(
        json::object{{"institution", institution}, {"role", role}, {"amount_fen", fen}});
  };
  if (proposal.decision == syndicate::Decision::one_lender_enough && !proposal.sole_lenders.empty()) {
    const auto& sole = proposal.sole_lenders.front();
    share(sole.institution, "sole", terms.deal->amount());
    out["cost_fen"] = sole.cost.total;
    out["rate"] = sole.cost.rate;
  } else if (!proposal.structures.empty()) {
    const auto& best = proposal.structures.front();
    for (const auto& member : best.structure.members)
      share(member.institution, to_string(member.role), member.amount());
    out["cost_fen"] = best.cost.total;
    out["rate"] = best.cost.rate;
  }
  return out;
}

json::object terms_of(const ChainTerms& terms) {
  json::object out{{"total_fen", nullptr}, {"parties", json::array{}}};
  if (!terms.chain || !terms.plan) return out;
  out["total_fen"] = terms.plan->total;
  constexpr std::size_t kMostParties = 50;  // a village is drawn as a whole
  for (std::size_t i = 0; i < std::min(terms.chain->parties().size(), kMostParties); ++i) {
    const auto& party = terms.chain->parties()[i];
    out["parties"].as_array().push_back(json::object{{"name", party.name},
                                                     {"role", to_string(party.role)},
                                                     {"amount_fen", number(terms.plan->advances[i].amount)},
                                                     {"cap", to_string(terms.plan->advances[i].cap)}});
  }
  return out;
}

json::object terms_of(const CarbonTerms& terms) {
  const auto& worked = terms.proposal.terms;
  return {{"annual_kg", range(worked.annual_kg)},
          {"price_fen", terms.sink.price ? range(terms.sink.price->fen_per_tonne) : json::value(nullptr)},
          {"price_source", terms.sink.price ? json::value(terms.sink.price->source) : json::value(nullptr)},
          {"value_fen", range(worked.value_fen)},
          {"ceiling_fen", range(worked.ceiling_fen)}};
}

json::object terms_of(const RightTerms& terms) {
  const auto& worked = terms.proposal.terms;
  return {{"right", to_string(terms.asset.right)},
          {"price_fen", range(worked.fen_per_unit)},
          {"value_fen", range(worked.value_fen)},
          {"ceiling_fen", range(worked.ceiling_fen)}};
}

}  // namespace

json::array papers_array(std::span<const OfferOnPaper> papers, const Catalogue& catalogue) {
  json::array out;
  for (const auto& paper : papers) {
    const Product& product = catalogue.product(paper.product);
    json::array grounds;
    for (const auto& ground : paper.grounds)
      grounds.push_back(json::object{{"key", to_string(ground.key)}, {"origin", to_string(ground.origin)}});
    json::array clashes;
    for (const auto clash : paper.clashes) clashes.emplace_back(clash);
    out.push_back(
        json::object{{"product", product.id},
                     {"machinery", to_string(paper.machinery())},
                     {"verdict", to_string(paper.verdict)},
                     {"amount_fen", number(paper.amount_fen)},
                     {"tenor_months", number(paper.tenor_months)},
                     {"terms", std::visit([](const auto& terms) { return terms_of(terms); }, paper.terms)},
                     {"benefits", benefits_array(paper.benefits)},
                     {"grounds", std::move(grounds)},
                     {"words", said(paper.words)},
                     {"missing", said(paper.missing)},
                     {"clashes", std::move(clashes)},
                     {"refused_asset", paper.refused_asset},
                     {"on_illustration", paper.on_illustration}});
  }
  return out;
}

json::array packages_array(std::span<const Package> packages, const Catalogue& catalogue) {
  json::array out;
  for (const auto& package : packages) {
    json::array members, gaps;
    for (const auto& member : package.members) {
      const Product& product = catalogue.product(member.product);
      members.push_back(json::object{{"product", product.id},
                                     {"closes", to_string(member.closes)},
                                     {"verdict", to_string(member.verdict)},
                                     {"conditional", member.conditional},
                                     {"amount_fen", number(member.amount_fen)},
                                     {"rate", range(member.rate)},
                                     {"approval_days", number(member.approval_days)},
                                     {"why", said(member.why)}});
    }
    for (const auto& gap : package.gaps) {
      gaps.push_back(json::object{{"gap", to_string(gap.gap)},
                                  {"open", word(gap.open)},
                                  {"amount_fen", number(gap.amount_fen)},
                                  {"why", said(gap.why)}});
    }
    out.push_back(json::object{{"title", said(package.title)},
                               {"members", std::move(members)},
                               {"gaps", std::move(gaps)},
                               {"benefits", benefits_array(package.benefits)},
                               {"credit_fen", number(package.credit_fen)},
                               {"own_funds_fen", number(package.own_funds_fen)},
                               {"yearly_cost_fen", range(package.yearly_cost_fen)},
                               {"rate", range(package.rate)},
                               {"days", number(package.days)},
                               {"undisclosed", said(package.undisclosed)},
                               {"missing", said(package.missing)},
                               {"on_illustration", package.on_illustration}});
  }
  return out;
}

}  // namespace detail

std::string package_json(const ReportInput& input) {
  if (input.papers == nullptr) throw ContractError("nothing was put on paper");
  namespace json = boost::json;
  const auto& list = input.list->projects;
  json::array projects, clashes;
  json::object products;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto& papers = input.papers->offers.projects[i];
    const auto& packages = input.papers->packages[i];
    const auto name = [&](ProductRow row) {
      const Product& product = input.catalogue->product(row);
      products.emplace(product.id,
                       json::object{{"name", product.name},
                                    {"institution", product.institution},
                                    {"instrument", to_string(product.instrument)},
                                    {"illustrative", product.confidence == Confidence::illustrative}});
    };
    for (const auto& paper : papers) name(paper.product);
    for (const auto& package : packages) {
      for (const auto& member : package.members) name(member.product);
    }
    projects.push_back(json::object{{"id", list[i].id},
                                    {"name", list[i].name},
                                    {"packages", detail::packages_array(packages, *input.catalogue)},
                                    {"on_paper", detail::papers_array(papers, *input.catalogue)}});
  }
  for (const auto& clash : input.papers->offers.clashes) {
    clashes.push_back(json::object{{"first", list[clash.first].id},
                                   {"again", list[clash.again].id},
                                   {"first_kind", clash.first_kind},
                                   {"again_kind", clash.again_kind},
                                   {"key", to_string(clash.key)},
                                   {"number", clash.number},
                                   {"caution_only", clash.caution_only},
                                   {"text", json::object{{"zh", clash.text.zh}, {"en", clash.text.en}}}});
  }
  return json::serialize(json::object{{"format", "huoshui.package/1"},
                                      {"as_of", to_string(input.catalogue->policy().date())},
                                      {"products", std::move(products)},
                                      {"projects", std::move(projects)},
                                      {"assets", input.papers->offers.assets.size()},
                                      {"clashes", std::move(clashes)}});
}

}  // namespace huoshui
