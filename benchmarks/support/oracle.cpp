#include "support/oracle.hpp"

#include <algorithm>
#include <optional>

namespace huoshui::bench {
namespace {

constexpr std::size_t kSample = 200;

Oracle make_oracle(const Prepared& prepared) {
  Oracle out;
  const auto& projects = prepared.workload.projects;
  const std::size_t sample = std::min(projects.size(), kSample);
  std::vector<Project> chosen;
  for (std::size_t i = 0; i < sample; ++i) {
    out.places.push_back(projects.size() * i / sample);
    chosen.push_back(projects[out.places.back()]);
  }
  out.answer = match_exhaustively(chosen, prepared.catalogue, {.k = kBest, .possible = 3});
  return out;
}

/// What is worked out once for the workload at hand, and anew when it changes.
template <typename Value>
class Kept {
 public:
  template <typename Make>
  const Value& of(const Prepared& prepared, const Make& make) {
    if (serial_ != prepared.serial) {
      value_ = Value();  // two of a long list would take gigabytes
      value_ = make(prepared);
    }
    serial_ = prepared.serial;
    return value_;
  }

 private:
  std::uint64_t serial_ = 0;
  Value value_;
};

}  // namespace

const Oracle& oracle_of(const Prepared& prepared) {
  static Kept<Oracle> kept;
  return kept.of(prepared, make_oracle);
}

bool equals_oracle(const Prepared& prepared, const Answer& answer, std::size_t possible) {
  const Oracle& oracle = oracle_of(prepared);
  if (answer.size() != prepared.workload.projects.size()) return false;
  for (std::size_t i = 0; i < oracle.places.size(); ++i) {
    const std::size_t at = oracle.places[i];
    if (!std::ranges::equal(answer.offers(at), oracle.answer.offers(i))) return false;
    const auto truth = oracle.answer.possible(i);
    if (!std::ranges::equal(answer.possible(at), truth.first(std::min(truth.size(), possible)))) return false;
    if (answer.counts(at) != oracle.answer.counts(i)) return false;
  }
  return true;
}

bool equals_oracle(const Prepared& prepared, const FlatAnswer& answer) {
  const Oracle& oracle = oracle_of(prepared);
  for (std::size_t i = 0; i < oracle.places.size(); ++i) {
    if (!answer.equals(oracle.answer, oracle.places[i], i)) return false;
  }
  return answer.permitted.size() == prepared.workload.projects.size();
}

double permitted_percent(const Prepared& prepared) {
  const Oracle& oracle = oracle_of(prepared);
  double permitted = 0;
  for (std::size_t i = 0; i < oracle.places.size(); ++i) permitted += oracle.answer.counts(i).permitted;
  return 100 * permitted /
         static_cast<double>(std::max<std::size_t>(1, oracle.places.size() * prepared.catalogue.size()));
}

const std::vector<FlatProject>& flat_projects(const Prepared& prepared) {
  static Kept<std::vector<FlatProject>> kept;
  return kept.of(prepared,
                 [](const Prepared& p) { return flatten_projects(p.workload.projects, p.catalogue); });
}

PreparedList prepared_list(const Prepared& prepared) {
  static Kept<std::optional<PreparedList>> kept;
  return *kept.of(prepared, [](const Prepared& p) {
    return std::optional(prepare(p.workload.projects, p.catalogue, 2));
  });
}

}  // namespace huoshui::bench
