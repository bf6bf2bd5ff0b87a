#include <algorithm>
#include <cstdlib>
#include <huoshui/domain/need.hpp>
#include <huoshui/explain/changes.hpp>
#include <huoshui/explain/wording.hpp>
#include <huoshui/policy/derive.hpp>
#include <map>
#include <optional>

#include "core/detail/wide.hpp"

namespace huoshui {
namespace {

constexpr std::size_t kMostTrials = 20'000;
constexpr std::size_t kMostPlans = 5;

/// A value that one movable fact may take.
struct Move {
  FactKey key{};
  std::int64_t value = 0;
  Code added;
  std::string word;  // of the added entry
  double size = 0;   // relative length of the move; orders plans, is never shown

  bool operator==(const Move&) const = default;
};

std::optional<std::int64_t> point_of(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  if (fact == nullptr || fact->range.min != fact->range.max) return std::nullopt;
  return fact->range.min;
}

/// floor(a × b / c) for non-negative numbers, if it fits.
std::optional<std::int64_t> scaled(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t round_up) {
  if (a < 0 || b < 0 || c <= 0) return std::nullopt;
  const auto wide = (static_cast<detail::Wide>(a) * static_cast<std::uint64_t>(b) +
                     static_cast<std::uint64_t>(round_up != 0 ? c - 1 : 0)) /
                    static_cast<std::uint64_t>(c);
  if (wide > static_cast<detail::Wide>(Interval::kNoMax - 1)) return std::nullopt;
  return static_cast<std::int64_t>(wide);
}

class MoveFinder {
 public:
  explicit MoveFinder(const Facts& facts) : facts_(facts) {}

  /// Offer the values around one atom's limit, for the atom's own fact or the facts it is derived from.
  void around(const Condition& atom) {
    if (atom.kind == Condition::Kind::member) {
      if (info(atom.key).remedy == Remedy::add) {
        const auto& codes = atom.codes;
        for (std::size_t i = 0; i < codes.named.size(); ++i) {
          add_code(atom.key, codes.named[i],
                   i < codes.named_words.size() ? codes.named_words[i] : codes.named[i].text());
        }
      }
      return;
    }
    if (!atom.limit_key) {
      for (const std::int64_t value : {atom.limit - 1, atom.limit, atom.limit + 1}) at(atom.key, value);
      return;
    }
    // Two facts against each other: each may move to where the other is, or may itself be moved to.
    meet(atom.key, *atom.limit_key);
    meet(*atom.limit_key, atom.key);
  }

  [[nodiscard]] const std::map<FactKey, std::vector<Move>>& moves() const { return moves_; }

 private:
  void meet(FactKey key, FactKey other) {
    std::vector<std::int64_t> values;
    if (const auto now = point_of(facts_, other)) values.push_back(*now);
    if (const auto moved = moves_.find(other); moved != moves_.end()) {
      for (const Move& move : moved->second) values.push_back(move.value);
    }
    for (const std::int64_t value : values) {
      for (const std::int64_t near : {value - 1, value, value + 1}) at(key, near);
    }
  }

  void at(FactKey key, std::int64_t value) {
    switch (key) {
      case FactKey::own_capital_ratio:
        if (const auto total = point_of(facts_, FactKey::total_investment)) {
          add_number(FactKey::own_capital, scaled(*total, value, 1'000'000, 1));
        }
        return;
      case FactKey::loan_to_value:
        if (const auto collateral = point_of(facts_, FactKey::collateral_value)) {
          add_number(FactKey::financing_need, scaled(*collateral, value, 1'000'000, 0));
        }
        if (const auto need = point_of(facts_, FactKey::financing_need); need && value > 0) {
          add_number(FactKey::collateral_value, scaled(*need, 1'000'000, value, 1));
        }
        return;
      case FactKey::compensation_multiple:
        if (const auto yearly = point_of(facts_, FactKey::annual_compensation)) {
          add_number(FactKey::financing_need, scaled(*yearly, value, 1, 0));
        }
        return;
      default:
        add_number(key, value);
    }
  }

  void add_number(FactKey key, std::optional<std::int64_t> value) {
    if (!value) return;
    const Remedy remedy = info(key).remedy;
    const Fact* fact = facts_.find(key);
    if (remedy == Remedy::none || remedy == Remedy::add) return;
    Move move{key, *value, {}, {}, 0};
    if (remedy == Remedy::supply) {
      if (*value != 1 || (fact != nullptr && fact->range == Interval::exactly(1))) return;
      move.size = 1;
    } else {
      if (fact == nullptr || *value <= 0) return;
      const std::int64_t now = fact->range.has_max() ? fact->range.max : fact->range.min;
      if (*value == now || (remedy == Remedy::lower && *value > now) ||
          (remedy == Remedy::raise && *value < now))
        return;
      move.size = std::abs(static_cast<double>(*value) - static_cast<double>(now)) /
                  std::max(1.0, std::abs(static_cast<double>(now)));
    }
    put(move);
  }

  void add_code(FactKey key, const Code& code, const std::string& word) {
    const Fact* fact = facts_.find(key);
    if (fact != nullptr && std::find(fact->codes.begin(), fact->codes.end(), code) != fact->codes.end())
      return;
    put({key, 0, code, word, 1});
  }

  void put(const Move& move) {
    auto& list = moves_[move.key];
    if (std::find(list.begin(), list.end(), move) == list.end()) list.push_back(move);
  }

  const Facts& facts_;
  std::map<FactKey, std::vector<Move>> moves_;
};

Change change_of(const Move& move, const Facts& facts) {
  Change change;
  change.key = move.key;
  change.remedy = info(move.key).remedy;
  change.value = move.value;
  change.added = move.added;
  change.added_word = move.word;
  const std::string zh(info(move.key).name_zh), en(info(move.key).name_en);
  if (change.remedy == Remedy::add) {
    change.text_zh = "增加" + zh + "：" + move.word;
    change.text_en = "add " + en + ": " + move.word;
  } else if (change.remedy == Remedy::supply) {
    change.text_zh = "补办并提供：" + zh;
    change.text_en = "complete and show: " + en;
  } else {
    const Fact* fact = facts.find(move.key);
    const bool lower = fact->range.has_max() ? move.value < fact->range.max : move.value < fact->range.min;
    const bool is_time = info(move.key).kind == FactKind::months;
    const std::string_view verb = lower ? (is_time ? "缩短" : "降低") : (is_time ? "延长" : "提高");
    change.text_zh = zh + "由" + value_text(move.key, fact, Language::zh) + std::string(verb) + "到" +
                     quantity_text(move.key, move.value, Language::zh);
    change.text_en = (lower ? "lower " : "raise ") + en + " from " +
                     value_text(move.key, fact, Language::en) + " to " +
                     quantity_text(move.key, move.value, Language::en);
  }
  return change;
}

}  // namespace

std::string_view to_string(ChangeStatus status) {
  switch (status) {
    case ChangeStatus::not_refused:
      return "not_refused";
    case ChangeStatus::found:
      return "found";
    case ChangeStatus::impossible:
      return "impossible";
    case ChangeStatus::too_large:
      return "too_large";
  }
  return "";
}

namespace {

Facts apply_to(Facts facts, const std::vector<Change>& changes) {
  // A need worked out from the other sums follows them when they move.
  const Fact* need = facts.find(FactKey::financing_need);
  const bool need_follows = need != nullptr && need->origin == Origin::derived;
  const Facts before = facts;
  if (need_follows) facts.erase(FactKey::financing_need);
  for (const auto& change : changes) {
    const Fact* present = before.find(change.key);
    Fact fact = present != nullptr ? *present : Fact{};
    fact.key = change.key;
    fact.origin = Origin::stated;
    fact.approximate = false;
    if (change.remedy == Remedy::add) {
      fact.codes.push_back(change.added);
      fact.text += (fact.text.empty() ? "" : ";") + change.added_word;
    } else {
      fact.range = Interval::exactly(change.value);
      fact.text = quantity_text(change.key, change.value, Language::zh);
    }
    facts.set(std::move(fact));
  }
  if (need_follows) {
    if (auto derived = derive_need(facts)) facts.offer(std::move(*derived));
  }
  return facts;
}

/// Can a person move this fact, or one it is derived from?
bool is_movable(FactKey key) {
  if (info(key).remedy != Remedy::none) return true;
  const auto inputs = inputs_of(key);
  return std::any_of(inputs.begin(), inputs.end(), is_movable);
}

bool has_movable_atom(const Condition& condition) {
  bool movable = false;
  for_each_atom(condition, [&](const Condition& atom) {
    movable = movable || is_movable(atom.key) || (atom.limit_key && is_movable(*atom.limit_key));
  });
  return movable;
}

}  // namespace

Project apply(const Project& project, const ChangePlan& plan) {
  Project changed = project;
  changed.facts = apply_to(std::move(changed.facts), plan.changes);
  return changed;
}

ChangeSearch nearest_changes(const PreparedProject& project, const Catalogue& catalogue, ProductRow row,
                             std::size_t most_facts) {
  ChangeSearch out;
  if (project.project->is_collection || screen(project, catalogue, row).verdict != Verdict::refused)
    return out;
  bool fixed = false;  // a failing rule without a movable fact: no plan can lift it
  for_each_rule(catalogue, row, [&](const Rule& rule) {
    if (rule.strength != Strength::must || judge(rule, project.facts).outcome != Outcome::fail) return;
    out.blocking.push_back(rule.id);
    fixed = fixed || !has_movable_atom(rule.condition);
  });
  if (fixed) {
    out.status = ChangeStatus::impossible;
    return out;
  }

  // Values worth trying: the limits of every must rule, for a change may not break one rule to mend another.
  MoveFinder finder(project.facts);
  for (const bool of_two_facts : {false, true}) {
    for_each_rule(catalogue, row, [&](const Rule& rule) {
      if (rule.strength != Strength::must) return;
      for_each_atom(rule.condition, [&](const Condition& atom) {
        if (atom.limit_key.has_value() == of_two_facts) finder.around(atom);
      });
    });
  }
  std::vector<const std::vector<Move>*> groups;
  for (const auto& [key, moves] : finder.moves()) groups.push_back(&moves);

  std::size_t trials = 0;
  bool cut_off = false;
  const auto try_plan = [&](const std::vector<const Move*>& chosen) -> std::optional<Verdict> {
    if (++trials > kMostTrials) {
      cut_off = true;
      return std::nullopt;
    }
    std::vector<Change> changes;
    for (const Move* move : chosen) changes.push_back(change_of(*move, project.facts));
    Facts changed = apply_to(project.project->facts, changes);
    const Verdict verdict =
        screen(prepare_facts(*project.project, std::move(changed), catalogue), catalogue, row).verdict;
    return verdict == Verdict::refused ? std::nullopt : std::optional(verdict);
  };

  struct Found {
    ChangePlan plan;
    double size = 0;
  };
  std::vector<Found> found;
  std::vector<const Move*> chosen;
  const auto search = [&](auto&& self, std::size_t from, std::size_t left) -> void {
    if (cut_off) return;
    if (left == 0) {
      if (const auto verdict = try_plan(chosen)) {
        Found f;
        f.plan.verdict_after = *verdict;
        for (const Move* move : chosen) {
          f.plan.changes.push_back(change_of(*move, project.facts));
          f.size += move->size;
        }
        found.push_back(std::move(f));
      }
      return;
    }
    for (std::size_t g = from; g + left <= groups.size(); ++g) {
      for (const Move& move : *groups[g]) {
        chosen.push_back(&move);
        self(self, g + 1, left - 1);
        chosen.pop_back();
      }
    }
  };
  const std::size_t deepest = std::min(most_facts, groups.size());
  for (std::size_t facts = 1; facts <= deepest && found.empty() && !cut_off; ++facts)
    search(search, 0, facts);

  if (!found.empty()) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.size < b.size; });
    // One plan for each set of facts: the smallest move of each; the others of that set ask for more.
    for (auto& f : found) {
      const bool seen = std::any_of(out.plans.begin(), out.plans.end(), [&](const ChangePlan& plan) {
        return std::equal(plan.changes.begin(), plan.changes.end(), f.plan.changes.begin(),
                          f.plan.changes.end(), [](const Change& a, const Change& b) {
                            return a.key == b.key && a.remedy != Remedy::add && b.remedy != Remedy::add;
                          });
      });
      if (!seen && out.plans.size() < kMostPlans) out.plans.push_back(std::move(f.plan));
    }
    out.status = ChangeStatus::found;
    out.blocking.clear();
    return out;
  }
  out.status = cut_off || deepest < groups.size() ? ChangeStatus::too_large : ChangeStatus::impossible;
  return out;
}

}  // namespace huoshui
