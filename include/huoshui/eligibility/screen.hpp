/// Room eligibility. Screen every pair of a list and a catalogue: permitted, refused or undecided.
/// Law: refused as soon as one `must` rule fails; else undecided while one is open (a fail-closed rule that
/// is not in force counts as open); else permitted. Every answer can name all of its rules, not only the
/// first. Example: `screen(projects, catalogue).verdict(0, ProductRow{3})`.
#pragma once

#include <cstdint>
#include <huoshui/catalogue/catalogue.hpp>
#include <huoshui/eligibility/evaluate.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace huoshui {

enum class Verdict : std::uint8_t { permitted, undecided, refused };
[[nodiscard]] std::string_view to_string(Verdict verdict);

/// A verdict with how much stands behind it.
struct Screened {
  Verdict verdict = Verdict::permitted;
  std::uint16_t failed = 0;  ///< `must` rules that fail
  std::uint16_t open = 0;    ///< `must` rules that are undecided
  std::uint16_t cautions =
      0;  ///< `should` rules that fail, and `must` rules whose pass rests on an inference
};

/// A project with the facts that the policy of the day derives from the stated ones. Borrows the project.
struct PreparedProject {
  const Project* project = nullptr;
  Facts facts;
  std::vector<std::uint32_t> text_pairs;  ///< the project side of text_affinity
};
[[nodiscard]] PreparedProject prepare(const Project& project, const Catalogue& catalogue);
/// The same without the text side, for judging alone; with other facts in place of the project's own, on
/// request.
[[nodiscard]] PreparedProject prepare_facts(const Project& project, const Catalogue& catalogue);
[[nodiscard]] PreparedProject prepare_facts(const Project& project, Facts facts, const Catalogue& catalogue);

/// Judge one pair. Collections (12个项目) are never matched: refused without rules.
[[nodiscard]] Screened screen(const PreparedProject& project, const Catalogue& catalogue, ProductRow row);

/// The verdicts of all pairs, projects in list order.
class Screening {
 public:
  Screening(std::size_t projects, std::size_t products) : products_(products), pairs_(projects * products) {}
  [[nodiscard]] const Screened& at(std::size_t project, ProductRow row) const {
    return pairs_[project * products_ + static_cast<std::size_t>(row)];
  }
  [[nodiscard]] Screened& at(std::size_t project, ProductRow row) {
    return pairs_[project * products_ + static_cast<std::size_t>(row)];
  }
  [[nodiscard]] std::size_t projects() const { return products_ == 0 ? 0 : pairs_.size() / products_; }
  [[nodiscard]] std::size_t products() const { return products_; }

 private:
  std::size_t products_;
  std::vector<Screened> pairs_;
};

/// Judge all pairs, one by one: the exhaustive method, the oracle of every faster one.
[[nodiscard]] Screening screen(std::span<const PreparedProject> projects, const Catalogue& catalogue);

}  // namespace huoshui
