#include <algorithm>
#include <huoshui/syndicate/propose.hpp>
#include <numeric>
#include <set>
#include <tuple>

#include "syndicate/detail/exact.hpp"
#include "syndicate/detail/search.hpp"
#include "syndicate/detail/words.hpp"

namespace huoshui::syndicate {
namespace {

using detail::Bound;
using detail::Bounds;
using detail::Exact;

constexpr std::int64_t kMillion = 1'000'000;

Issue wrong(IssueCode code, std::string found, std::string expected) {
  Issue issue;
  issue.code = code;
  issue.message = "无法提出银团方案：“" + found + "”，应为" + expected;
  issue.found = std::move(found);
  issue.expected = std::move(expected);
  return issue;
}

std::optional<std::int64_t> ratio_of(const Policy& policy, std::string_view series) {
  const Parameter* row = policy.find(series);
  return row == nullptr ? std::nullopt : row->millionths();
}

std::optional<std::int64_t> count_of(const Policy& policy, std::string_view series) {
  const Parameter* row = policy.find(series);
  return row == nullptr ? std::nullopt : row->count();
}

/// A limit of regulation on what one bank may have out to one client or group.
struct Limit {
  std::string_view rule, series;
  std::optional<Money> Institution::*base;
  std::optional<Money> Institution::*before;
  bool village_only;
  std::string_view zh, en;
};

const Limit kLimits[] = {
    {"client_loan_law", "concentration.law.single_borrower_pct_capital", &Institution::net_capital,
     &Institution::client_loans, false, "同一借款人贷款余额占资本", "loans to the borrower over capital"},
    {"client_loan_max", "concentration.single_client_loan_pct_net_capital", &Institution::net_capital,
     &Institution::client_loans, false, "单一客户贷款余额占资本净额", "loans to the client over net capital"},
    {"client_exposure_max", "concentration.single_client_exposure_pct_tier1", &Institution::tier1_capital,
     &Institution::client_exposure, false, "单一客户风险暴露占一级资本净额",
     "exposure to the client over tier-1 capital"},
    {"group_exposure_max", "concentration.connected_group_exposure_pct_tier1", &Institution::tier1_capital,
     &Institution::group_exposure, false, "一组关联客户风险暴露占一级资本净额",
     "exposure to the connected group over tier-1 capital"},
    {"group_credit_max", "concentration.group_credit_pct_net_capital", &Institution::net_capital,
     &Institution::group_exposure, false, "集团客户授信占资本净额", "credit to the group over net capital"},
    {"village_loan_max", "concentration.village_bank.single_borrower_pct_net_capital",
     &Institution::net_capital, &Institution::client_loans, true, "村镇银行对同一借款人贷款占资本净额",
     "a village bank's loans to one borrower over net capital"},
    {"village_group_max", "concentration.village_bank.group_pct_net_capital", &Institution::net_capital,
     &Institution::group_exposure, true, "村镇银行对单一集团授信占资本净额",
     "a village bank's credit to one group over net capital"},
};

std::string_view shown(const Institution& one) { return one.name.empty() ? one.id : one.name; }

std::int64_t floor_of(Exact value) { return static_cast<std::int64_t>(std::max<Exact>(value, 0)); }

bool has_security(const Institution& one, const Deal& deal) {
  if (one.security.empty() || deal.security.empty()) return true;  // not stated: verify says not tested
  return std::any_of(one.security.begin(), one.security.end(), [&](const std::string& word) {
    return std::find(deal.security.begin(), deal.security.end(), word) != deal.security.end();
  });
}

bool fits_tenor(const Institution& one, const TrancheAsk& ask) {
  return !one.max_tenor_months || ask.tenor_months <= *one.max_tenor_months;
}

/// What an institution may and will hold, and what bounds it.
Room room_of(const Institution& one, const Deal& deal, const Policy& policy, std::int64_t step) {
  Room out;
  out.institution = one.id;
  std::int64_t room = deal.amount();
  std::string reason_zh, reason_en;
  const auto tighten = [&](std::int64_t limit, std::string_view rule, std::string zh, std::string en,
                           const Parameter* row) {
    if (limit >= room) return;
    room = limit;
    out.rule = rule;
    out.citation = row == nullptr ? Citation{} : row->citation();
    reason_zh = std::move(zh);
    reason_en = std::move(en);
  };
  for (const auto& limit : kLimits) {
    if (limit.village_only && one.kind != LenderKind::village_bank) continue;
    const Parameter* row = policy.find(limit.series);
    const auto& base = one.*limit.base;
    const auto& before = one.*limit.before;
    if (row == nullptr || !row->millionths() || !base || base->fen <= 0 || !before) {
      out.not_tested.emplace_back(limit.rule);
      continue;
    }
    const std::int64_t most = floor_of(Exact{base->fen} * *row->millionths() / kMillion - before->fen);
    const auto percent = detail::percent_text(*row->millionths());
    tighten(most, limit.rule, std::string(limit.zh) + "不超过" + percent,
            std::string(limit.en) + " at most " + percent, row);
  }
  if (one.appetite) tighten(one.appetite->fen, "appetite", "承贷意愿", "its appetite", nullptr);
  if (one.max_ticket) tighten(one.max_ticket->fen, "ticket_max", "单笔上限", "its largest ticket", nullptr);
  if (std::none_of(deal.tranches.begin(), deal.tranches.end(),
                   [&](const TrancheAsk& ask) { return fits_tenor(one, ask); }))
    tighten(0, "tenor_max", "最长期限短于贷款期限", "its longest tenor", nullptr);
  if (!has_security(one, deal)) tighten(0, "security", "不接受所供担保", "the security it asks for", nullptr);
  if (one.min_ticket && one.min_ticket->fen > room)
    tighten(0, "ticket_min", "最低承贷" + format_money(one.min_ticket->fen) + "高于可承贷空间",
            "its smallest ticket exceeds its room", nullptr);
  room = std::max<std::int64_t>(room, 0);
  out.room = Money::from_fen(room);
  const std::int64_t ticket = one.min_ticket ? std::max<std::int64_t>(one.min_ticket->fen, 1) : 1;
  out.least = Money::from_fen((ticket + step - 1) / step * step);
  out.joins = room >= step && out.least.fen <= room / step * step;
  out.text_zh = std::string(shown(one)) + "可承贷" + format_money(room);
  out.text_en = std::string(shown(one)) + " has room for " + detail::yuan_text(room);
  if (!out.rule.empty()) {
    out.text_zh += "（受限于" + reason_zh + "）";
    out.text_en += " (" + reason_en + ")";
  }
  return out;
}

/// Rules of principle as steps, kept or let go, and the binding ones.
Bounds bounds_of(const Deal& deal, const Policy& policy, std::int64_t steps, bool keeps_advice) {
  const auto at_least = [&](std::int64_t ratio) { return (ratio * steps + kMillion - 1) / kMillion; };
  const auto at_most = [&](std::int64_t ratio) { return ratio * steps / kMillion; };
  const bool grouped = deal.tranches.size() > 1;
  Bounds out;
  out.most = out.sole_most = steps;
  out.group_least = grouped ? 1 : 2;
  out.single_groups = static_cast<std::int32_t>(deal.tranches.size());
  if (grouped) {
    if (const auto single = count_of(policy, "syndicate.single_bank_groups_max"))
      out.single_groups = static_cast<std::int32_t>(*single);
  }
  if (!keeps_advice) return out;
  if (const auto most = ratio_of(policy, "syndicate.joint_lead_share_max_pct")) out.most = at_most(*most);
  if (const auto least = ratio_of(policy, "syndicate.lead_share_min_pct"))
    out.sole_least = std::max<std::int64_t>(1, at_least(*least));
  if (const auto placed = ratio_of(policy, "syndicate.distribution_min_pct"))
    out.sole_most = steps - at_least(*placed);
  // Joint leads are looked for only where a rule speaks of them: without one they would slip past the rule of
  // the single lead.
  if (const auto joint = ratio_of(policy, "syndicate.joint_lead_share_min_pct")) {
    out.joint = true;
    out.joint_least = std::max<std::int64_t>(1, at_least(*joint));
  }
  if (grouped) {
    if (const auto banks = count_of(policy, "syndicate.tranche_group_min_banks"))
      out.group_least = static_cast<std::int32_t>(std::min<std::int64_t>(2, *banks));
  }
  return out;
}

/// A rural commercial bank outside its counties: a rule of principle speaks against it.
bool is_far(const Institution& one, const Deal& deal, const Policy& policy) {
  if (one.kind != LenderKind::rural_commercial_bank || policy.find("rural_bank.area") == nullptr)
    return false;
  if (deal.region.empty() || one.places.empty()) return false;
  for (const auto& place : one.places)
    if (deal.region.starts_with(place) || place.starts_with(deal.region)) return false;
  return true;
}

/// Interest of a whole group at a rate, less the subsidy, in millionths of a fen.
Result<Exact> net_interest(const Deal& deal, std::size_t group, std::int64_t rate) {
  const auto& ask = deal.tranches[group];
  const auto whole = schedule({ask.amount, rate, ask.tenor_months, ask.repayment, ask.draws}, deal.signing);
  if (!whole) return whole.errors();
  std::int64_t net = whole->interest();
  if (deal.subsidy) {
    auto cap = deal.subsidy->principal_cap;
    if (cap)
      for (std::size_t before = 0; before < group; ++before)
        cap->fen = std::max<std::int64_t>(0, cap->fen - deal.tranches[before].amount.fen);
    net -= subsidy_of(*whole, *deal.subsidy, deal.signing, cap);
  }
  return Exact{net} * kMillion;
}

/// Whether the size of the deal speaks for sharing it. Strictly above the line; what is certain from the deal
/// alone needs no exposure.
Finding trigger(const Institution& one, const Policy& policy, std::string_view series, std::string rule,
                std::optional<Money> before, std::int64_t amount, std::string_view zh, std::string_view en) {
  Finding finding;
  finding.rule = std::move(rule);
  finding.subject = one.id;
  finding.standing = Standing::not_tested;
  finding.strength = Strength::prefer;
  finding.measure = Measure::millionths;
  if (const Parameter* row = policy.find(series)) {
    finding.citation = row->citation();
    finding.limit = row->millionths();
    const auto& base = row->unit.find("tier-1") != std::string::npos ? one.tier1_capital : one.net_capital;
    if (finding.limit && base && base->fen > 0) {
      const Exact after = Exact{amount} + (before ? before->fen : 0);
      const bool above = after * kMillion > Exact{*finding.limit} * base->fen;
      finding.seen = static_cast<std::int64_t>(after * kMillion / base->fen);
      if (above || before) finding.standing = above ? Standing::caution : Standing::passed;
    }
  } else if (const DormantSeries* dormant = policy.find_dormant(series)) {
    finding.citation = dormant->nearest.citation();
  }
  detail::word(finding, Bound::at_most, zh, en);
  return finding;
}

Finding public_debt_gate(const Deal& deal, const Policy& policy) {
  Finding gate;
  gate.rule = "public_debt";
  if (const Parameter* row = policy.find("gov_debt.screen.query_mof_platform")) {
    gate.citation = row->citation();
    if (deal.public_debt == PublicDebt::unknown) gate.standing = Standing::undecided;
    if (deal.public_debt == PublicDebt::carried) {
      gate.standing = Standing::violated;
      if (const Parameter* asked = policy.find("gov_debt.screen.hidden_debt_client_new_project_needs"))
        gate.citation = asked->citation();
    }
  } else {
    gate.standing = Standing::not_tested;
  }
  detail::word(gate, Bound::at_least, "借款人隐性债务状态", "the borrower's hidden-debt status");
  return gate;
}

class Proposer {
 public:
  Proposer(const Deal& deal, std::span<const Institution> institutions, const Policy& policy,
           const ProposeOptions& options)
      : deal_(deal),
        institutions_(institutions),
        policy_(policy),
        options_(options),
        amount_(deal.amount()) {}

  Result<Proposal> run() {
    if (auto issue = bad_input()) return *issue;
    out_.gates.push_back(public_debt_gate(deal_, policy_));
    if (deal_.capital)
      for (auto& finding : verify_capital(*deal_.capital, policy_)) out_.gates.push_back(std::move(finding));
    if (const auto same = groups_forbidden()) out_.gates.push_back(*same);
    for (const auto& one : institutions_) out_.rooms.push_back(room_of(one, deal_, policy_, step_));
    if (auto issue = sole_lenders()) return *issue;
    triggers();
    if (count(out_.gates, Standing::violated) > 0) {
      out_.decision = Decision::refused;
      sentence();
      return std::move(out_);
    }
    if (auto issue = structures()) return *issue;
    decide();
    sentence();
    return std::move(out_);
  }

 private:
  std::optional<Issue> bad_input() {
    if (deal_.tranches.empty() || deal_.tranches.size() > 3)
      return wrong(IssueCode::unreadable_value, std::to_string(deal_.tranches.size()) + "组", "1至3组");
    std::set<std::string_view> ids;
    for (const auto& one : institutions_) {
      if (!ids.insert(one.id).second) return wrong(IssueCode::duplicate_id, one.id, "每家机构只列一次");
      if (one.rate < 0 || one.participation_fee < 0 || one.arrangement_fee.fen < 0 || one.agency_fee.fen < 0)
        return wrong(IssueCode::unreadable_value, one.id, "利率和费用不为负");
    }
    if (options_.money_step) {
      step_ = options_.money_step->fen;
    } else if (options_.share_step > 0 && kMillion % options_.share_step == 0 &&
               amount_ % (kMillion / options_.share_step) == 0) {
      step_ = amount_ / (kMillion / options_.share_step);
    }
    if (step_ <= 0)
      return wrong(IssueCode::unreadable_value, format_money(amount_), "能按份额步长整分的金额");
    for (const auto& ask : deal_.tranches) {
      if (ask.amount.fen <= 0 || ask.amount.fen % step_ != 0)
        return wrong(IssueCode::unreadable_value, format_money(ask.amount.fen),
                     format_money(step_) + "的整数倍");
      groups_.push_back(ask.amount.fen / step_);
    }
    return std::nullopt;
  }

  std::optional<Finding> groups_forbidden() const {
    const Parameter* row = policy_.find("syndicate.same_terms");
    if (deal_.tranches.size() < 2 || row == nullptr || !row->boolean().value_or(false)) return std::nullopt;
    Finding finding;
    finding.rule = "same_terms";
    finding.standing = Standing::violated;
    finding.citation = row->citation();
    detail::word(finding, Bound::at_least, "贷款条件一致（2024年11月1日前不得分组）",
                 "same terms, no groups before 2024-11-01");
    return finding;
  }

  std::optional<Issue> sole_lenders() {
    for (std::size_t i = 0; i < institutions_.size(); ++i) {
      const auto& one = institutions_[i];
      const bool all = std::all_of(deal_.tranches.begin(), deal_.tranches.end(),
                                   [&](const TrancheAsk& ask) { return fits_tenor(one, ask); });
      if (!all || out_.rooms[i].room.fen < amount_ || (one.min_ticket && one.min_ticket->fen > amount_))
        continue;
      Structure alone;
      Member member{one.id, Role::participant, {}};
      for (std::uint32_t group = 0; group < deal_.tranches.size(); ++group) {
        const auto& ask = deal_.tranches[group];
        alone.tranches.push_back({ask.amount, ask.tenor_months, one.rate});
        member.holdings.push_back({group, ask.amount});
      }
      alone.members.push_back(std::move(member));
      auto cost = cost_of(alone, deal_, institutions_);
      if (!cost) return cost.error();
      out_.sole_lenders.push_back({one.id, *cost});
    }
    std::sort(out_.sole_lenders.begin(), out_.sole_lenders.end(),
              [](const SoleLender& a, const SoleLender& b) {
                return std::tie(a.cost.total, a.institution) < std::tie(b.cost.total, b.institution);
              });
    return std::nullopt;
  }

  void triggers() {
    for (const auto& one : institutions_) {
      // A client's group is never less exposed than the client.
      const auto before = one.group_exposure ? one.group_exposure : one.client_exposure;
      out_.triggers.push_back(trigger(one, policy_, "syndicate.trigger.single_client",
                                      "trigger_single_client", before, amount_, "融资总额的鼓励银团线",
                                      "the line that encourages a syndicate"));
      out_.triggers.push_back(trigger(one, policy_, "syndicate.trigger.group", "trigger_group",
                                      one.group_exposure, amount_, "集团授信总额的鼓励银团线",
                                      "the line for groups that encourages a syndicate"));
    }
  }

  std::optional<Issue> candidates(const std::vector<std::size_t>& order) {
    for (const auto i : order) {
      const auto& one = institutions_[i];
      detail::Candidate candidate;
      candidate.least = out_.rooms[i].least.fen / step_;
      candidate.most = out_.rooms[i].room.fen / step_;
      candidate.may_lead = one.may_lead;
      candidate.may_be_agent = one.may_be_agent;
      candidate.fee = Exact{one.participation_fee} * step_;
      candidate.score = one.score;
      candidate.arrangement = Exact{one.arrangement_fee.fen} * kMillion;
      std::int32_t longest = 0;
      for (std::size_t group = 0; group < deal_.tranches.size(); ++group) {
        longest = std::max(longest, longest_month_[group]);
        if (fits_tenor(one, deal_.tranches[group])) candidate.groups |= 1U << group;
        // Equal rates have equal interest, and candidates stand in order of their rate.
        if (!candidates_.empty() && institutions_[of_candidate_.back()].rate == one.rate) {
          candidate.interest.push_back(candidates_.back().interest[group]);
        } else {
          const auto interest = net_interest(deal_, group, one.rate);
          if (!interest) return interest.error();
          candidate.interest.push_back(*interest);
        }
      }
      candidate.agency = Exact{one.agency_fee.fen} * ((longest + 11) / 12) * kMillion;
      candidates_.push_back(std::move(candidate));
      of_candidate_.push_back(i);
    }
    return std::nullopt;
  }

  static Issue too_large() {
    return wrong(IssueCode::unreadable_value, "表格过大", "更大的份额步长或更少的候选机构");
  }

  /// Search once. Returns an issue when the tables would be too large.
  std::optional<Issue> attempt(bool keeps_advice) {
    bounds_ = bounds_of(deal_, policy_, amount_ / step_, keeps_advice);
    candidates_.clear();
    of_candidate_.clear();
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < institutions_.size(); ++i)
      if (out_.rooms[i].joins && !(keeps_advice && is_far(institutions_[i], deal_, policy_)))
        order.push_back(i);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto& one = institutions_[a];
      const auto& other = institutions_[b];
      return std::tie(one.rate, other.score, one.id) < std::tie(other.rate, one.score, other.id);
    });
    if (auto issue = candidates(order)) return issue;
    // Without a limit the tables are smaller by that factor; when the best sets keep it anyway, they are the
    // best under it too.
    const std::size_t wanted = 1 + std::size_t{options_.runners_up};
    auto searched = detail::search(candidates_, groups_, bounds_, wanted, options_.max_entries);
    const auto limit = static_cast<std::int32_t>(options_.max_members);
    const bool kept =
        searched && std::all_of(searched->found.begin(), searched->found.end(),
                                [&](const detail::Found& found) { return found.value.members <= limit; });
    bounds_.max_members = limit;
    if (limit > 0 && !kept) {
      searched = detail::search(candidates_, groups_, bounds_, wanted, options_.max_entries);
    }
    if (!searched) return too_large();
    searched_ = std::move(*searched);
    return std::nullopt;
  }

  std::optional<Issue> structures() {
    for (std::size_t group = 0; group < deal_.tranches.size(); ++group) {
      const auto& ask = deal_.tranches[group];
      const auto plan = schedule({ask.amount, 0, ask.tenor_months, ask.repayment, ask.draws}, deal_.signing);
      if (!plan) return plan.error();
      longest_month_.push_back(plan->instalments.back().month);
    }
    const auto most_groups = count_of(policy_, "syndicate.tranche_groups_max");
    const bool too_many = deal_.tranches.size() > 1 && most_groups &&
                          static_cast<std::int64_t>(deal_.tranches.size()) > *most_groups;
    out_.keeps_advice = true;
    if (!too_many) {
      if (auto issue = attempt(true)) return issue;
    }
    if (searched_.found.empty()) {
      out_.keeps_advice = false;
      if (auto issue = attempt(false)) return issue;
    }
    out_.proof.entries = searched_.entries;
    out_.proof.expanded = searched_.expanded;
    for (const auto& found : searched_.found) {
      Ranked ranked;
      ranked.structure = paper(found);
      ranked.score = -found.value.minus_score;
      auto cost = cost_of(ranked.structure, deal_, institutions_);
      if (!cost) return cost.error();
      ranked.cost = *cost;
      out_.structures.push_back(std::move(ranked));
    }
    if (out_.structures.empty()) {
      if (auto issue = shortage()) return issue;
    } else {
      out_.proof.bound = Money::from_fen(
          static_cast<std::int64_t>((2 * searched_.found.front().value.cost + kMillion) / (2 * kMillion)));
      out_.proof.text_zh = "按" + format_money(step_) + "的网格，任何方案的综合成本不低于" +
                           format_money(out_.proof.bound.fen) + "，首选方案恰好达到";
      out_.proof.text_en = "on a grid of " + detail::yuan_text(step_) + " no structure costs less than " +
                           detail::yuan_text(out_.proof.bound.fen) + ", which the first attains";
    }
    return std::nullopt;
  }

  Structure paper(const detail::Found& found) const {
    Structure out;
    for (std::size_t group = 0; group < deal_.tranches.size(); ++group)
      out.tranches.push_back({deal_.tranches[group].amount, deal_.tranches[group].tenor_months, 0});
    auto placed = found.members;
    // Leads first, then by share: the order in which a syndicate is written down.
    std::stable_sort(placed.begin(), placed.end(), [](const detail::Placed& a, const detail::Placed& b) {
      return std::tie(b.lead, b.steps) < std::tie(a.lead, a.steps);
    });
    for (const auto& member : placed) {
      const auto& one = institutions_[of_candidate_[member.candidate]];
      out.members.push_back({one.id,
                             member.lead ? Role::lead : Role::participant,
                             {{member.group, Money::from_fen(member.steps * step_)}}});
      auto& rate = out.tranches[member.group].rate;
      rate = std::max(rate, one.rate);
      if (member.agent) out.agents.push_back(one.id);
    }
    return out;
  }

  std::optional<Issue> shortage() {
    const auto fullest = detail::fullest(candidates_, groups_, bounds_, options_.max_entries);
    if (!fullest) return too_large();
    Shortage lack;
    const std::int64_t placed = *fullest * step_;
    lack.unplaced = Money::from_fen(amount_ - placed);
    lack.rooms = out_.rooms;
    std::stable_sort(lack.rooms.begin(), lack.rooms.end(),
                     [](const Room& a, const Room& b) { return a.room.fen < b.room.fen; });
    lack.text_zh = "差" + format_money(lack.unplaced.fen) + "：";
    lack.text_en = "short by " + detail::yuan_text(lack.unplaced.fen) + ": ";
    if (placed == 0) {
      lack.text_zh += "没有两家机构能组成有牵头行和代理行的银团；";
      lack.text_en += "no two institutions can form a syndicate with a lead and an agent; ";
    } else {
      lack.text_zh += "各机构用足空间后最多安排" + format_money(placed) + "，缺少下列机构的授信空间：";
      lack.text_en += "with every room used " + detail::yuan_text(placed) + " is placed; room is short at ";
    }
    bool first = true;
    for (const auto& room : lack.rooms) {
      if (room.rule.empty()) continue;
      lack.text_zh += (first ? "" : "；") + room.text_zh;
      lack.text_en += (first ? "" : "; ") + room.text_en;
      first = false;
    }
    out_.shortage = std::move(lack);
    return std::nullopt;
  }

  void decide() {
    if (!out_.sole_lenders.empty()) {
      const bool spoken_for =
          std::all_of(out_.sole_lenders.begin(), out_.sole_lenders.end(), [&](const SoleLender& lender) {
            return std::any_of(out_.triggers.begin(), out_.triggers.end(), [&](const Finding& finding) {
              return finding.subject == lender.institution && finding.standing == Standing::caution;
            });
          });
      out_.decision = spoken_for ? Decision::syndicate_encouraged : Decision::one_lender_enough;
    } else {
      out_.decision = out_.structures.empty() ? Decision::impossible : Decision::syndicate_needed;
    }
  }

  std::string members_text(bool zh) const {
    std::string text;
    const auto& structure = out_.structures.front().structure;
    for (const auto& member : structure.members) {
      if (!text.empty()) text += zh ? "、" : ", ";
      text += member.institution;
      if (member.role == Role::lead) text += zh ? "（牵头）" : " (lead)";
      text +=
          " " + detail::percent_text(static_cast<std::int64_t>(Exact{member.amount()} * kMillion / amount_));
    }
    text += zh ? "；代理行" + structure.agents.front() : "; agent " + structure.agents.front();
    return text;
  }

  void sentence() {
    switch (out_.decision) {
      case Decision::one_lender_enough:
        out_.text_zh =
            "一家即可：" + out_.sole_lenders.front().institution + "可独立承贷" + format_money(amount_);
        out_.text_en = "one lender is enough: " + out_.sole_lenders.front().institution;
        break;
      case Decision::syndicate_encouraged:
        out_.text_zh = "一家可以承贷，但已超过鼓励银团的比例线，宜组建银团";
        out_.text_en = "one lender could carry it, yet the rules encourage a syndicate";
        break;
      case Decision::syndicate_needed:
        out_.text_zh = "没有一家可独立承贷，须组建银团";
        out_.text_en = "no lender may or will carry it alone: a syndicate is needed";
        break;
      case Decision::refused:
        out_.text_zh = "项目未过关口，不提方案：";
        out_.text_en = "a gate of the deal is closed: ";
        for (const auto& gate : out_.gates) {
          if (gate.standing != Standing::violated) continue;
          out_.text_zh += gate.text_zh;
          out_.text_en += gate.text_en;
        }
        return;
      case Decision::impossible:
        out_.text_zh = out_.shortage->text_zh;
        out_.text_en = out_.shortage->text_en;
        return;
    }
    if (!out_.structures.empty()) {
      out_.text_zh += "；银团方案：" + members_text(true);
      out_.text_en += "; syndicate: " + members_text(false);
      if (!out_.keeps_advice) {
        out_.text_zh += "；原则性要求无法全部满足，须说明理由";
        out_.text_en += "; rules of principle cannot all be kept, reasons are due";
      }
    }
    if (count(out_.gates, Standing::undecided) > 0) {
      out_.text_zh += "；签约前尚有事项待定";
      out_.text_en += "; something is undecided: not to be signed yet";
    }
  }

  const Deal& deal_;
  std::span<const Institution> institutions_;
  const Policy& policy_;
  const ProposeOptions& options_;
  std::int64_t amount_ = 0;
  std::int64_t step_ = 0;
  std::vector<std::int64_t> groups_;
  std::vector<std::int32_t> longest_month_;
  std::vector<detail::Candidate> candidates_;
  std::vector<std::size_t> of_candidate_;
  Bounds bounds_;
  detail::Searched searched_;
  Proposal out_;
};

}  // namespace

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::one_lender_enough:
      return "one_lender_enough";
    case Decision::syndicate_encouraged:
      return "syndicate_encouraged";
    case Decision::syndicate_needed:
      return "syndicate_needed";
    case Decision::refused:
      return "refused";
    case Decision::impossible:
      return "impossible";
  }
  return "";
}

Result<Proposal> propose(const Deal& deal, std::span<const Institution> institutions, const Policy& policy,
                         const ProposeOptions& options) {
  if (policy.date() != deal.signing) throw ContractError("the policy is not of the day of signing");
  return Proposer(deal, institutions, policy, options).run();
}

}  // namespace huoshui::syndicate
