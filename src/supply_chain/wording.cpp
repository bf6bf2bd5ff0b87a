#include <huoshui/core/money.hpp>
#include <huoshui/supply_chain/wording.hpp>
#include <utility>

namespace huoshui::supply_chain {
namespace {

std::string party_name(const Chain& chain, std::uint32_t row) {
  if (row == kNoRow) return "";
  const auto& party = chain.parties()[row];
  return party.name.empty() ? party.id : party.name;
}

void append(Sentence& out, const Sentence& more) {
  out.zh += more.zh;
  out.en += more.en;
}

Sentence role_word(Role role) {
  switch (role) {
    case Role::anchor:
      return {"核心企业", "anchor "};
    case Role::supplier:
      return {"供应商", "supplier "};
    case Role::base:
      return {"基地", "base "};
    case Role::cooperative:
      return {"合作社", "co-operative "};
    case Role::household:
      return {"农户", "household "};
  }
  return {};
}

Sentence cap_words(const Chain& chain, const Advance& advance) {
  const auto name = party_name(chain, advance.at);
  const auto limit = format_money(advance.limit);
  switch (advance.cap) {
    case Cap::none:
      return {"没有可依托的债权或上游核心企业", "nothing stands behind it"};
    case Cap::asked:
      return {"已满足其申请金额" + limit, "all it asks for, " + limit};
    case Cap::borrower_limit:
      return {"受其自身授信余额" + limit + "限制", "bound by what is left of its own limit, " + limit};
    case Cap::member_limit:
      return {"受批量授信单户上限" + limit + "限制", "bound by the limit for one member, " + limit};
    case Cap::bundle_total:
      return advance.limit == 0
                 ? Sentence{"按批量授信条件核定", "as the bundle allows"}
                 : Sentence{"受批量授信总额" + limit + "限制", "bound by the total of the bundle, " + limit};
    case Cap::claims:
      return {"受其债权合格金额" + limit + "限制", "bound by what its claims carry, " + limit};
    case Cap::upstream_claims:
      return {"受上游" + name + "所持债权合格金额" + limit + "限制",
              "bound by what the claims of " + name + " above it carry, " + limit};
    case Cap::exposure_limit:
      return {"受核心企业" + name + "可用风险敞口" + limit + "限制",
              "bound by the free exposure limit of " + name + ", " + limit};
    case Cap::carried_limit:
      return {"受逐级递减后传至" + name + "的额度" + limit + "限制",
              "bound by the limit carried down to " + name + ", " + limit};
    case Cap::unknown:
      return {"缺少授信总额、单户上限或牵头主体额度",
              "no total, no limit for a member and no limit of the lead is given"};
  }
  return {};
}

Sentence supplies_words(std::uint8_t supplies) {
  Sentence out;
  const auto add = [&](Supply supply, std::string zh, std::string en) {
    if ((supplies & static_cast<std::uint8_t>(supply)) == 0) return;
    if (!out.zh.empty()) append(out, {"、", " and "});
    append(out, {std::move(zh), std::move(en)});
  };
  add(Supply::confirm, "债务人确认", "confirmation by the debtor");
  add(Supply::register_claim, "统一登记", "registration");
  add(Supply::lock_account, "锁定回款账户", "a locked account");
  add(Supply::take_custody, "第三方监管并投保", "custody and insurance");
  add(Supply::budget_evidence, "预算依据", "budget evidence");
  return out;
}

Sentence outcome_words(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::not_asked:
      return {"不适用", "not asked"};
    case GateOutcome::pass:
      return {"符合", "pass"};
    case GateOutcome::caution:
      return {"提醒", "caution"};
    case GateOutcome::not_tested:
      return {"未检验", "not tested"};
    case GateOutcome::undecided:
      return {"待定", "undecided"};
    case GateOutcome::fail:
      return {"不符合", "fail"};
  }
  return {};
}

}  // namespace

namespace {

/// The advance of one party, said of it and `more` others alike.
Sentence advance_words(const Chain& chain, const Plan& plan, std::size_t row, std::size_t more) {
  const auto& advance = plan.advances[row];
  Sentence out = role_word(chain.parties()[row].role);
  const auto name = party_name(chain, static_cast<std::uint32_t>(row));
  append(out, {name, name});
  if (more != 0)
    append(out,
           {"等" + std::to_string(more + 1) + "户，每户", " and " + std::to_string(more) + " more, each"});
  if (!advance.amount) {
    append(out, {"：金额无法核定，", ": the amount cannot be checked, "});
  } else {
    const auto amount = format_money(*advance.amount);
    append(out, {"：可融资" + amount + "，", ": " + amount + ", "});
  }
  append(out, cap_words(chain, advance));
  return out;
}

/// Return whether two parties can be told in one sentence: members of one bundle with equal advances.
bool alike(const Chain& chain, const Plan& plan, std::size_t a, std::size_t b) {
  return chain.bundle_of(a) != kNoRow && chain.bundle_of(a) == chain.bundle_of(b) &&
         chain.parties()[a].role == chain.parties()[b].role && plan.advances[a] == plan.advances[b];
}

}  // namespace

Sentence advance_sentence(const Chain& chain, const Plan& plan, std::size_t row) {
  return advance_words(chain, plan, row, 0);
}

Sentence claim_sentence(const Chain& chain, const Plan& plan, std::size_t row) {
  const auto& claim = chain.claims()[row];
  const auto& line = plan.claims[row];
  Sentence out{"债权" + claim.id + "：", "claim " + claim.id + ": "};
  if (line.reading.standing == ClaimStanding::refused) {
    append(out, {"不可融资", "not financed"});
  } else {
    const auto eligible = format_money(line.reading.eligible);
    append(out, {"合格金额" + eligible, eligible + " eligible"});
    if (line.own > 0)
      append(out, {"，持有人融资" + format_money(line.own),
                   ", " + format_money(line.own) + " borrowed by its holder"});
    if (line.passed > 0)
      append(out,
             {"，下传支持" + format_money(line.passed), ", " + format_money(line.passed) + " passed down"});
    if (line.own + line.passed > 0 && line.reading.last_day)
      append(out, {"，最迟" + huoshui::to_string(*line.reading.last_day) + "还清",
                   ", repaid by " + huoshui::to_string(*line.reading.last_day)});
    if (line.reading.lacking != 0 && line.reading.full > line.reading.eligible) {
      const auto need = supplies_words(line.reading.lacking);
      const auto full = format_money(line.reading.full);
      append(out, {"；补齐" + need.zh + "后为" + full, "; " + full + " with " + need.en});
    }
  }
  return out;
}

std::vector<Sentence> gate_sentences(const Plan& plan, std::size_t claim) {
  std::vector<Sentence> out;
  const auto& outcomes = plan.claims[claim].reading.outcomes;
  for (std::size_t g = 0; g < kGateCount; ++g) {
    if (outcomes[g] == GateOutcome::pass || outcomes[g] == GateOutcome::not_asked) continue;
    const auto& rule = plan.gates[g];
    const auto word = outcome_words(outcomes[g]);
    const auto source = huoshui::to_string(rule.citation);
    out.push_back({rule.text_zh + "：" + word.zh + "（" + source + "）",
                   rule.text_en + ": " + word.en + " (" + source + ")"});
  }
  return out;
}

Sentence unlock_sentence(const Chain& chain, const Unlock& unlock) {
  const auto what = supplies_words(unlock.supplies);
  const auto name = party_name(chain, unlock.party);
  const auto count = std::to_string(unlock.claims.size());
  const auto gain = format_money(unlock.gain);
  return {name + "就" + count + "笔债权补齐" + what.zh + "，全链可多融资" + gain,
          what.en + " for " + count + (unlock.claims.size() == 1 ? " claim" : " claims") + " of " + name +
              ": " + gain + " more for the chain"};
}

Sentence breach_sentence(const Chain& chain, const Breach& breach) {
  std::string zh, en;
  const auto on_claim = [&](std::string_view word_zh, std::string_view word_en) {
    const auto& id = chain.claims()[breach.row].id;
    zh = "债权" + id + std::string(word_zh);
    en = "claim " + id + std::string(word_en);
  };
  const auto on_party = [&](std::string_view word_zh, std::string_view word_en) {
    zh = party_name(chain, breach.row) + std::string(word_zh);
    en = party_name(chain, breach.row) + std::string(word_en);
  };
  switch (breach.kind) {
    case BreachKind::shape:
      return {"方案与链条、日期或条件不对应", "the plan does not belong to this chain, day or terms"};
    case BreachKind::gate:
      on_claim("未过关口而用款", ": money in spite of a gate");
      break;
    case BreachKind::claim_amount:
      on_claim("超出或错列合格金额", ": not what it carries");
      break;
    case BreachKind::tenor:
      on_claim("还款截止日有误", ": wrong last day");
      return {zh, en};
    case BreachKind::advance_amount:
      on_party("的金额与所依托债权不符", ": not the sum of what it rests on");
      break;
    case BreachKind::borrower_limit:
      on_party("超出自身授信余额", ": beyond its own limit");
      break;
    case BreachKind::asked:
      on_party("超出申请金额", ": more than it asks for");
      break;
    case BreachKind::exposure_limit:
      on_party("超出可用风险敞口", ": beyond its exposure limit");
      break;
    case BreachKind::member_limit:
      on_party("超出单户上限", ": beyond the limit for one member");
      break;
    case BreachKind::bundle_total:
      zh = "批量授信" + chain.bundles()[breach.row].id + "总额不符";
      en = "bundle " + chain.bundles()[breach.row].id + ": wrong total";
      break;
    case BreachKind::carried_limit:
      zh = "下传额度超出递减后的限额";
      en = "more is passed down than the limit carried";
      break;
    case BreachKind::counted_twice:
      zh = "同一笔支持被重复计算";
      en = "support is counted twice";
      break;
    case BreachKind::total:
      zh = "合计不符";
      en = "wrong total";
      break;
  }
  return {zh + "：" + format_money(breach.found) + "，应为" + format_money(breach.allowed),
          en + ": " + format_money(breach.found) + ", allowed " + format_money(breach.allowed)};
}

std::vector<Sentence> plan_sentences(const Chain& chain, const Plan& plan) {
  std::vector<Sentence> out;
  const auto total = format_money(plan.total);
  out.push_back({"全链可融资合计" + total, total + " for the whole chain"});
  for (std::size_t p = 0; p < chain.parties().size(); ++p) {
    const auto& party = chain.parties()[p];
    if (party.role != Role::anchor || party.exposure_limit) continue;
    const auto name = party_name(chain, static_cast<std::uint32_t>(p));
    out.push_back({"核心企业" + name + "的风险敞口限额未提供，未检验",
                   "no exposure limit is given for " + name + ": not tested"});
  }
  for (const auto& bundle : chain.bundles()) {
    if (bundle.total) continue;
    const auto& name = bundle.name.empty() ? bundle.id : bundle.name;
    out.push_back(
        {"批量授信" + name + "的总额未提供，未检验", "no total is given for " + name + ": not tested"});
  }
  const auto listed = [](const std::vector<std::uint32_t>& rows, const auto& name) {
    std::string text;
    for (const auto row : rows) text += (text.empty() ? "" : "、") + name(row);
    return text;
  };
  for (const auto& claims : plan.shape.double_pledges) {
    const auto ids = listed(claims, [&](std::uint32_t c) { return chain.claims()[c].id; });
    out.push_back(
        {"同一凭证重复融资：" + ids + "，均不计入", "on one document: " + ids + "; none of them counts"});
  }
  for (const auto& circle : plan.shape.circles) {
    const auto names = listed(circle, [&](std::uint32_t p) { return party_name(chain, p); });
    out.push_back({"循环交易：" + names + "，按抵销后净额计算",
                   "a circle of trade: " + names + "; counted net of set-off"});
  }
  for (std::size_t p = 0; p < chain.parties().size();) {
    std::size_t next = p + 1;
    while (next < chain.parties().size() && alike(chain, plan, p, next)) ++next;
    if (plan.advances[p].cap != Cap::none) out.push_back(advance_words(chain, plan, p, next - p - 1));
    p = next;
  }
  return out;
}

}  // namespace huoshui::supply_chain
