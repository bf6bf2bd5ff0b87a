// The `must` rules of a catalogue with equal questions found once: whoever judges every pair of a list asks
// each question once for each project, not once for each product that asks it.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "explain/detail/judged.hpp"

namespace huoshui::detail {

/// Immutable once built; borrows the rules of the catalogue. Threads share it.
class SharedRules {
 public:
  using Id = std::uint32_t;
  struct Question {
    const Rule* rule = nullptr;  // one of those that ask it
    bool movable = false;        // a person can move a fact it reads
    bool has_choice = false;     // what is needed to settle it may depend on what is asked for anyway
    bool has_alternatives = false;
  };
  struct Ask {
    Id id = 0;
    const Rule* rule = nullptr;
  };

  explicit SharedRules(const Catalogue& catalogue);

  [[nodiscard]] const std::vector<Question>& questions() const { return questions_; }
  [[nodiscard]] const std::vector<Ask>& terms(ProductRow row) const {
    return terms_[static_cast<std::size_t>(row)];
  }
  /// Products with equal gates share a number.
  [[nodiscard]] std::size_t gate_set(ProductRow row) const {
    return gate_set_[static_cast<std::size_t>(row)];
  }
  [[nodiscard]] const std::vector<std::vector<Ask>>& gate_sets() const { return gate_sets_; }

 private:
  std::vector<Question> questions_;
  std::vector<std::vector<Ask>> terms_, gate_sets_;
  std::vector<std::size_t> gate_set_;
};

/// The answers of one project at a time, each worked out when first asked for. Belongs to one thread.
class SharedAnswers {
 public:
  /// Borrows both.
  SharedAnswers(const SharedRules& rules, const Catalogue& catalogue);

  /// Forget the project before and turn to this one; borrowed until the next call.
  void turn_to(const PreparedProject& project);

  /// The verdict of screen(). `failed` is counted up to two only.
  struct Short {
    Verdict verdict = Verdict::permitted;
    int failed = 0;
  };
  [[nodiscard]] Short verdict(ProductRow row);

  /// What missing_facts() answers for an undecided pair.
  [[nodiscard]] Keys missing(ProductRow row);

  /// What nearest_changes() answers for a refused pair when one fact may move.
  [[nodiscard]] ChangeSearch single_changes(ProductRow row);

 private:
  using Id = SharedRules::Id;
  [[nodiscard]] Judgement judged(Id id);
  [[nodiscard]] Keys needed(Id id, const Keys& have);

  /// What is needed so that open rules could hold, by what is asked for anyway.
  using Needs = std::vector<std::pair<Keys, Keys>>;
  struct Answer {
    std::uint32_t asked_for = 0;  // number of the project
    Judgement judgement;
    Needs needed;
  };
  struct GateSum {
    std::uint32_t asked_for = 0;
    int failed = 0;
    bool open = false;
    std::array<Needs, 2> needed;  // of the rules without and with alternatives
  };
  [[nodiscard]] GateSum& gates_of(ProductRow row);
  const SharedRules& rules_;
  const Catalogue& catalogue_;
  const PreparedProject* project_ = nullptr;
  std::uint32_t number_ = 0;
  std::vector<Answer> answers_;
  std::vector<GateSum> gates_;
  std::vector<JudgedRule> pair_;  // scratch
};

}  // namespace huoshui::detail
