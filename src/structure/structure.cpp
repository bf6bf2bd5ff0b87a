#include <algorithm>
#include <huoshui/explain/wording.hpp>
#include <huoshui/structure/structure.hpp>
#include <huoshui/supply_chain/wording.hpp>
#include <map>
#include <set>
#include <utility>

namespace huoshui {
namespace {

constexpr std::string_view kCarbonKind = "carbon_sink";

void add(std::vector<Phrase>& out, std::vector<Phrase> more) {
  for (auto& phrase : more) {
    if (std::find(out.begin(), out.end(), phrase) == out.end()) out.push_back(std::move(phrase));
  }
}

std::string words_of(FactKey key, std::int64_t value, Language language) {
  return quantity_text(key, value, language);
}

Phrase lack(FactKey key) {
  return {std::string(name_of(key, Language::zh)) + "未提供",
          std::string(name_of(key, Language::en)) + " not given"};
}

/// How the handbook says the principal comes back; absent when it says nothing known.
std::optional<syndicate::Repayment> stated_repayment(const Product& product) {
  const std::string& words = product.repayment;
  const auto has = [&words](std::string_view word) { return words.find(word) != std::string::npos; };
  if (has("等额本息")) return syndicate::Repayment::annuity;
  if (has("等额本金")) return syndicate::Repayment::equal_principal;
  if (has("到期还本") || has("一次性还本") || has("到期一次")) return syndicate::Repayment::bullet;
  return std::nullopt;
}

/// Numbers in one cell, with 、 ， ； , ; or a line end between them. A blank may stand inside a number.
std::vector<std::string> numbers_in(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  const auto close = [&] {
    if (!word.empty()) out.push_back(std::exchange(word, {}));
  };
  for (std::size_t at = 0; at < text.size();) {
    std::size_t cut = 0;
    for (const std::string_view separator : {"、", "，", "；", ",", ";", "\n", "\r"}) {
      if (text.substr(at).starts_with(separator)) cut = separator.size();
    }
    if (cut == 0) {
      word += text[at++];
    } else {
      close();
      at += cut;
    }
  }
  close();
  return out;
}

/// The columns that name what an instrument pledges.
struct Columns {
  std::string_view kind;
  std::string_view registry, unique;  ///< empty: the list has no such column for this kind
};

std::optional<Columns> columns_of(Instrument instrument) {
  if (instrument == Instrument::carbon_sink_pledge) return Columns{kCarbonKind, "carbon_number", ""};
  const auto right = right_of(instrument);
  if (!right) return std::nullopt;
  Columns out{to_string(*right), "", ""};
  switch (*right) {
    case rights::Right::public_forest_income:
    case rights::Right::forest_tenure:
      out.registry = "forest_certificate";
      break;
    case rights::Right::land_operation:
      out.registry = "land_certificate";
      break;
    case rights::Right::water:
      out.registry = "water_permit_number";
      break;
    case rights::Right::discharge:
      out.registry = "discharge_permit_number";
      break;
    case rights::Right::livestock:
      out.unique = "ear_tag_numbers";
      break;
    case rights::Right::carbon_allowance:
    case rights::Right::energy_use:
      break;
  }
  return out;
}

class Desk {
 public:
  Desk(const Catalogue& catalogue, const StructureInputs& inputs) : catalogue_(catalogue), inputs_(inputs) {}

  OfferOnPaper put(const PreparedProject& project, ProductRow row, bool pledged) const {
    const Product& product = catalogue_.product(row);
    OfferOnPaper out;
    out.product = row;
    out.benefits = benefits_of(project.facts, product, catalogue_.policy());
    switch (machinery_of(product.instrument).value_or(Machinery::plain)) {
      case Machinery::plain:
        plain(project, product, out);
        break;
      case Machinery::syndicate:
        syndicated(project, product, out);
        break;
      case Machinery::supply_chain:
        chained(project, product, out);
        break;
      case Machinery::carbon:
        carbon_pledge(project, product, pledged, out);
        break;
      case Machinery::rights:
        right_pledge(project, product, pledged, out);
        break;
    }
    if (out.on_illustration)
      out.words.push_back({"以上使用了演示用的示例假设，不是真实报价",
                           "invented example numbers were used: no real quotation"});
    for (const auto& benefit : out.benefits) {
      out.words.push_back({benefit.text.zh + (benefit.pending.zh.empty() ? "" : "；" + benefit.pending.zh),
                           benefit.text.en + (benefit.pending.en.empty() ? "" : "; " + benefit.pending.en)});
    }
    return out;
  }

 private:
  void plain(const PreparedProject& project, const Product& product, OfferOnPaper& out) const {
    PlainTerms terms;
    terms.rate = product.rate;
    terms.security = product.security_text.empty() ? product.securities.text : product.security_text;
    terms.stated = stated_repayment(product);
    out.amount_fen = asked_of(project.facts, product);
    out.tenor_months = tenor_of(project.facts, product);
    for (const FactKey key : {FactKey::financing_need, FactKey::tenor}) {
      if (const Fact* fact = project.facts.find(key)) out.grounds.push_back({key, fact->origin});
    }
    if (!out.amount_fen) out.missing.push_back(lack(FactKey::financing_need));
    if (!out.tenor_months) out.missing.push_back(lack(FactKey::tenor));
    say_amount(product, out);
    if (terms.rate.has_max() && out.amount_fen && out.tenor_months) {
      syndicate::LoanTerms loan;
      loan.amount = Money::from_fen(*out.amount_fen);
      loan.rate = terms.rate.max;
      loan.tenor_months = static_cast<std::int32_t>(*out.tenor_months);
      loan.repayment.repayment = terms.stated.value_or(syndicate::Repayment::equal_principal);
      auto schedule = syndicate::schedule(loan, catalogue_.policy().date());
      if (schedule) {
        const auto interest = schedule->interest();
        terms.schedule = std::move(schedule).value();
        const bool assumed = !terms.stated;
        out.words.push_back(
            {"按年利率" + words_of(FactKey::rate_wanted, loan.rate, Language::zh) +
                 (assumed ? "、等额本金按季还款（手册未披露还款方式，按此测算）" : "、按季付息") +
                 "，全期利息" + format_money(interest),
             "interest over the whole life " + words_of(FactKey::financing_need, interest, Language::en) +
                 " at " + words_of(FactKey::rate_wanted, loan.rate, Language::en) + " a year" +
                 (assumed ? ", in equal parts each quarter (assumed: the handbook does not say)" : "")});
      }
    } else if (!terms.rate.has_max()) {
      out.words.push_back(
          {"利率未披露，利息无法测算", "the rate is not disclosed: no interest is worked out"});
    }
    out.words.push_back(terms.security.empty()
                            ? Phrase{"担保方式未披露", "security not disclosed"}
                            : Phrase{"担保方式：" + terms.security, "security: " + terms.security});
    out.terms = std::move(terms);
  }

  void syndicated(const PreparedProject& project, const Product& product, OfferOnPaper& out) const {
    SyndicateTerms terms;
    const Policy& policy = catalogue_.policy();
    auto deal = read_deal(project, product, policy);
    auto capital = read_capital(project, inputs_);
    out.grounds = deal.grounds;
    add(out.missing, std::move(deal.missing));
    if (capital.value) {
      for (const Ground& ground : capital.grounds) {
        if (std::find(out.grounds.begin(), out.grounds.end(), ground) == out.grounds.end())
          out.grounds.push_back(ground);
      }
      auto sources = *capital.value;
      if (deal.value) sources.loans = Money::from_fen(deal.value->amount());
      terms.capital = syndicate::stack_capital(sources, policy);
      out.words.push_back({terms.capital->text_zh, terms.capital->text_en});
      if (deal.value) deal.value->capital = terms.capital->stack;
    } else {
      add(out.missing, std::move(capital.missing));
    }
    if (const Parameter* least = policy.find("syndicate.min_member_banks");
        least != nullptr && product.instrument == Instrument::syndicated_loan)
      terms.lenders_at_least = least->count();
    if (inputs_.institutions.empty()) {
      out.missing.push_back(
          {"候选机构未提供：需各机构资本净额、一级资本净额、意向份额和最低利率",
           "no institutions given: net capital, tier-1 capital, appetite and lowest rate of "
           "each are needed"});
      if (terms.lenders_at_least) {
        out.words.push_back(
            {"按当日规定，银团至少" + std::to_string(*terms.lenders_at_least) + "家银行",
             "at least " + std::to_string(*terms.lenders_at_least) + " banks by the rules of the day"});
      }
    } else if (deal.value) {
      out.on_illustration = inputs_.illustrative;
      auto proposed = syndicate::propose(*deal.value, inputs_.institutions, policy, {.runners_up = 1});
      if (proposed) {
        terms.proposal = std::move(proposed).value();
        const auto& proposal = *terms.proposal;
        out.words.push_back({proposal.text_zh, proposal.text_en});
        for (const auto& finding : proposal.triggers) out.words.push_back({finding.text_zh, finding.text_en});
        for (const auto& finding : proposal.gates) {
          if (finding.standing != Standing::passed) out.words.push_back({finding.text_zh, finding.text_en});
        }
        if (proposal.shortage) out.words.push_back({proposal.shortage->text_zh, proposal.shortage->text_en});
        if (!proposal.structures.empty() || proposal.decision == syndicate::Decision::one_lender_enough) {
          out.amount_fen = deal.value->amount();
          out.tenor_months = deal.value->tranches.front().tenor_months;
        }
      } else {
        for (const auto& issue : proposed.errors()) out.missing.push_back({issue.message, issue.message});
      }
    }
    terms.deal = std::move(deal.value);
    out.terms = std::move(terms);
  }

  void chained(const PreparedProject& project, const Product& product, OfferOnPaper& out) const {
    ChainTerms terms;
    auto chain = read_chain(project, product, inputs_);
    out.grounds = chain.grounds;
    add(out.missing, std::move(chain.missing));
    if (chain.value) {
      auto& ask = *chain.value;
      out.on_illustration = ask.on_illustration;
      terms.plan = supply_chain::propose(ask.chain, catalogue_.policy(), ask.terms);
      constexpr std::size_t kMostSentences = 24;
      for (auto& sentence : supply_chain::plan_sentences(ask.chain, *terms.plan)) {
        if (out.words.size() == kMostSentences) {
          out.words.push_back({"……其余各户略", "… the rest is left out"});
          break;
        }
        out.words.push_back({std::move(sentence.zh), std::move(sentence.en)});
      }
      constexpr std::size_t kMostClaims = 5;
      for (std::size_t c = 0; c < std::min(kMostClaims, ask.chain.claims().size()); ++c) {
        auto claim = supply_chain::claim_sentence(ask.chain, *terms.plan, c);
        out.words.push_back({std::move(claim.zh), std::move(claim.en)});
        for (auto& gate : supply_chain::gate_sentences(*terms.plan, c))
          out.words.push_back({std::move(gate.zh), std::move(gate.en)});
      }
      for (const auto& unlock : supply_chain::unlocks(ask.chain, catalogue_.policy(), ask.terms)) {
        auto act = supply_chain::unlock_sentence(ask.chain, unlock);
        out.missing.push_back({std::move(act.zh), std::move(act.en)});
      }
      if (const auto row = ask.chain.party_row(ask.project_party);
          !ask.project_party.empty() && row != supply_chain::kNoRow) {
        out.amount_fen = terms.plan->advances[row].amount;
      } else if (terms.plan->total > 0) {
        out.amount_fen = terms.plan->total;
      }
      // A claim that lacks something carries nothing yet: that is no offer of zero.
      if (out.amount_fen && *out.amount_fen == 0) out.amount_fen.reset();
      terms.chain = std::move(ask.chain);
    }
    out.tenor_months = tenor_of(project.facts, product);
    out.terms = std::move(terms);
  }

  void carbon_pledge(const PreparedProject& project, const Product& product, bool pledged,
                     OfferOnPaper& out) const {
    auto sink = read_sink(project, product, inputs_);
    out.grounds = std::move(sink.grounds);
    if (pledged) sink.value->pledged_already = true;
    out.on_illustration = rests_on_illustration(project, product.instrument);
    auto proposal = carbon::propose(*sink.value, catalogue_.policy());
    for (auto& line : carbon::explain(proposal))
      out.words.push_back({std::move(line.zh), std::move(line.en)});
    settle(proposal.findings, proposal.terms.amount_fen, proposal.terms.tenor_months, pledged,
           std::move(sink.missing), out);
    out.terms = CarbonTerms{std::move(*sink.value), std::move(proposal)};
  }

  void right_pledge(const PreparedProject& project, const Product& product, bool pledged,
                    OfferOnPaper& out) const {
    auto asset = read_asset(project, product, inputs_);
    out.grounds = std::move(asset.grounds);
    if (pledged) asset.value->pledged_already = true;
    out.on_illustration = rests_on_illustration(project, product.instrument);
    auto proposal = rights::propose(*asset.value, catalogue_.policy());
    for (auto& line : rights::explain(proposal))
      out.words.push_back({std::move(line.zh), std::move(line.en)});
    settle(proposal.findings, proposal.terms.amount_fen, proposal.terms.tenor_months, pledged,
           std::move(asset.missing), out);
    out.terms = RightTerms{std::move(*asset.value), std::move(proposal)};
  }

  /// Take the amount over unless the register stands against it; name what keeps it from being settled.
  static void settle(const std::vector<Finding>& findings, std::optional<std::int64_t> amount,
                     std::optional<std::int64_t> tenor, bool pledged, std::vector<Phrase> missing,
                     OfferOnPaper& out) {
    add(out.missing, std::move(missing));
    for (const auto& finding : findings) {
      const bool unsettled = finding.standing == Standing::undecided ||
                             (finding.rule == "amount" && finding.standing == Standing::not_tested);
      if (unsettled) add(out.missing, {{finding.text_zh, finding.text_en}});
    }
    if (pledged) return;
    out.amount_fen = amount;
    out.tenor_months = tenor;
  }

  bool rests_on_illustration(const PreparedProject& project, Instrument instrument) const {
    using enum AssumptionItem;
    for (const auto item : {price, price_drift, yield, annual_tonnes, crediting_years, buffer, reversal,
                            discount_rate, pledge_ratio, quantity, years, multiple}) {
      const auto* row = find(inputs_, project.project->id, instrument, item);
      if (row != nullptr && row->confidence == Confidence::illustrative) return true;
    }
    return false;
  }

  static void say_amount(const Product& product, OfferOnPaper& out) {
    if (out.amount_fen) {
      std::string zh = "金额" + words_of(FactKey::financing_need, *out.amount_fen, Language::zh);
      std::string en = "amount " + words_of(FactKey::financing_need, *out.amount_fen, Language::en);
      if (*out.amount_fen == product.amount.max) {
        zh += "（产品上限）";
        en += " (the product's largest ticket)";
      }
      if (out.tenor_months) {
        zh += "，期限" + words_of(FactKey::tenor, *out.tenor_months, Language::zh);
        en += ", tenor " + words_of(FactKey::tenor, *out.tenor_months, Language::en);
      }
      out.words.push_back({std::move(zh), std::move(en)});
    } else if (product.amount.has_max()) {
      out.words.push_back(
          {"金额待定，产品上限" + words_of(FactKey::financing_need, product.amount.max, Language::zh),
           "amount open; the product's largest ticket is " +
               words_of(FactKey::financing_need, product.amount.max, Language::en)});
    }
  }

  const Catalogue& catalogue_;
  const StructureInputs& inputs_;
};

/// The register of a list, and which asset of which project it belongs to.
struct Register {
  std::vector<rights::Pledge> pledges;
  std::vector<std::uint32_t> projects;  ///< by pledge
};

std::string key_zh(rights::SharedKey key) {
  switch (key) {
    case rights::SharedKey::registry_number:
      return "登记或权证号";
    case rights::SharedKey::unique_number:
      return "唯一编号";
    case rights::SharedKey::parcel:
      break;
  }
  return "地块";
}

std::string key_en(rights::SharedKey key) {
  switch (key) {
    case rights::SharedKey::registry_number:
      return "registry number";
    case rights::SharedKey::unique_number:
      return "unique number";
    case rights::SharedKey::parcel:
      break;
  }
  return "parcel";
}

std::vector<Clash> clashes_in(const Register& assets, std::span<const Project> projects) {
  std::vector<Clash> out;
  for (const auto& twice : rights::double_pledges(assets.pledges)) {
    const auto& first = assets.pledges[twice.first];
    const auto& again = assets.pledges[twice.again];
    Clash clash;
    clash.first = assets.projects[twice.first];
    clash.again = assets.projects[twice.again];
    clash.first_kind = first.kind;
    clash.again_kind = again.kind;
    clash.key = twice.key;
    clash.number = twice.key == rights::SharedKey::registry_number ? again.registry_number
                   : twice.key == rights::SharedKey::unique_number ? again.unique_number
                                                                   : again.parcel;
    const bool own = clash.first == clash.again;
    if (own && first.kind == again.kind) continue;  // the same cell written twice
    clash.caution_only = twice.overlap_only || own;
    const auto& named = projects[clash.first];
    const std::string zh = key_zh(clash.key) + clash.number;
    const std::string en = key_en(clash.key) + " " + clash.number;
    if (own) {
      clash.text = {zh + "：同一项目的两种押品不能同时使用",
                    en + ": two pledges of this project, not both at once"};
    } else if (clash.caution_only) {
      clash.text = {zh + "与项目" + named.id + "“" + named.name + "”的另一种押品重叠，请核实",
                    en + " overlaps another pledge of project " + named.id + ": look at it"};
    } else {
      clash.text = {zh + "已由项目" + named.id + "“" + named.name + "”在先抵质押，不得重复",
                    en + " is pledged by project " + named.id + " already: refused"};
    }
    if (std::find(out.begin(), out.end(), clash) == out.end()) out.push_back(std::move(clash));
  }
  std::stable_sort(out.begin(), out.end(), [](const Clash& a, const Clash& b) { return a.again < b.again; });
  return out;
}

}  // namespace

std::string_view to_string(Machinery machinery) {
  switch (machinery) {
    case Machinery::plain:
      return "plain";
    case Machinery::syndicate:
      return "syndicate";
    case Machinery::supply_chain:
      return "supply_chain";
    case Machinery::carbon:
      return "carbon";
    case Machinery::rights:
      break;
  }
  return "rights";
}

std::optional<Machinery> machinery_of(Instrument instrument) {
  switch (instrument) {
    case Instrument::syndicated_loan:
    case Instrument::joint_credit:
    case Instrument::equity_debt_linkage:
      return Machinery::syndicate;
    case Instrument::carbon_sink_pledge:
      return Machinery::carbon;
    default:
      break;
  }
  if (right_of(instrument)) return Machinery::rights;
  switch (info(instrument).kind) {
    case InstrumentKind::supply_chain:
      return Machinery::supply_chain;
    case InstrumentKind::loan:
    case InstrumentKind::pledge:
    case InstrumentKind::guarantee:
    case InstrumentKind::lease:
      return Machinery::plain;
    case InstrumentKind::insurance:
    case InstrumentKind::bond:
    case InstrumentKind::equity:
      break;
  }
  return std::nullopt;
}

std::string_view pledge_kind(Instrument instrument) {
  const auto columns = columns_of(instrument);
  return columns ? columns->kind : std::string_view{};
}

std::vector<rights::Pledge> pledges_of(const Project& project, Instrument instrument) {
  const auto columns = columns_of(instrument);
  if (!columns) return {};
  std::vector<rights::Pledge> out;
  const auto read = [&](std::string_view column, std::string rights::Pledge::*number) {
    if (column.empty()) return;
    for (auto& word : numbers_in(project.text(column))) {
      out.push_back({.project = project.id, .kind = std::string(columns->kind)});
      out.back().*number = std::move(word);
    }
  };
  read(columns->registry, &rights::Pledge::registry_number);
  // 不动产权证号 names land and forest alike; a herd, a sink or a quota has a register of its own.
  if (columns->registry == "forest_certificate" || columns->registry == "land_certificate")
    read("property_certificate", &rights::Pledge::registry_number);
  read(columns->unique, &rights::Pledge::unique_number);
  if (columns->kind != to_string(rights::Right::livestock)) read("parcel", &rights::Pledge::parcel);
  if (out.empty()) out.push_back({.project = project.id, .kind = std::string(columns->kind)});
  return out;
}

OfferOnPaper put_on_paper(const PreparedProject& project, const Catalogue& catalogue, ProductRow product,
                          const StructureInputs& inputs) {
  return Desk(catalogue, inputs).put(project, product, false);
}

Structured structure(const Answer& answer, std::span<const Project> projects, const Catalogue& catalogue,
                     const StructureInputs& inputs) {
  if (answer.size() != projects.size()) throw ContractError("the answer is not of these projects");
  Structured out;
  Register assets;
  for (std::size_t i = 0; i < projects.size(); ++i) {
    std::set<std::string> kinds;
    for (const auto offers : {answer.offers(i), answer.possible(i)}) {
      for (const auto& offer : offers) {
        auto pledges = pledges_of(projects[i], catalogue.product(offer.product).instrument);
        if (pledges.empty() || !kinds.insert(pledges.front().kind).second) continue;
        for (auto& pledge : pledges) {
          assets.pledges.push_back(std::move(pledge));
          assets.projects.push_back(static_cast<std::uint32_t>(i));
        }
      }
    }
  }
  out.clashes = clashes_in(assets, projects);
  const Desk desk(catalogue, inputs);
  out.projects.resize(projects.size());
  for (std::size_t i = 0; i < projects.size(); ++i) {
    const auto prepared = prepare_facts(projects[i], catalogue);
    const auto put = [&](const Offer& offer, Verdict verdict) {
      const auto instrument = catalogue.product(offer.product).instrument;
      if (!machinery_of(instrument)) return;
      std::vector<std::uint32_t> mine;
      bool refused = false;
      for (std::uint32_t c = 0; c < out.clashes.size(); ++c) {
        const auto& clash = out.clashes[c];
        if (clash.again != i || clash.again_kind != pledge_kind(instrument)) continue;
        mine.push_back(c);
        refused = refused || !clash.caution_only;
      }
      auto paper = desk.put(prepared, offer.product, refused);
      paper.verdict = verdict;
      paper.clashes = std::move(mine);
      paper.refused_asset = refused;
      for (const auto c : paper.clashes) paper.words.push_back(out.clashes[c].text);
      out.projects[i].push_back(std::move(paper));
    };
    for (const auto& offer : answer.offers(i)) put(offer, Verdict::permitted);
    for (const auto& offer : answer.possible(i)) put(offer, Verdict::undecided);
  }
  out.assets = std::move(assets.pledges);
  return out;
}

}  // namespace huoshui
