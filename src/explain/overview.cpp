#include <algorithm>
#include <array>
#include <huoshui/explain/explain.hpp>
#include <huoshui/explain/overview.hpp>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include "explain/detail/shared_rules.hpp"

namespace huoshui {
namespace {

std::int64_t exact_amount(const Facts& facts, FactKey key) {
  const Fact* fact = facts.find(key);
  return fact != nullptr && fact->range.is_point() ? fact->range.min : 0;
}

using DoorKey = std::tuple<FactKey, Remedy, Code>;

struct Door {
  std::size_t pairs = 0;
  std::set<std::uint32_t> projects;
  std::set<std::uint32_t> products;
  std::vector<std::pair<std::uint32_t, ProductRow>> examples;
};

/// Sums over one run of projects; runs are merged in list order, so threads never show.
struct Tally {
  Overview sums;
  std::map<std::pair<std::string, Instrument>, HeatCell> heat;
  std::map<FactKey, MissingColumn> missing;
  std::map<DoorKey, Door> doors;

  void add(std::uint32_t index, const Project& project, const Catalogue& catalogue,
           detail::SharedAnswers& answers);
  void merge(Tally&& later);
};

void Tally::add(std::uint32_t index, const Project& project, const Catalogue& catalogue,
                detail::SharedAnswers& answers) {
  ++sums.projects;
  if (project.is_collection) {
    ++sums.collections;
    return;
  }
  const PreparedProject prepared = prepare_facts(project, catalogue);
  const Fact* need_fact = prepared.facts.find(FactKey::financing_need);
  const std::int64_t need = exact_amount(prepared.facts, FactKey::financing_need);
  sums.total_investment += exact_amount(prepared.facts, FactKey::total_investment);
  sums.financing_need += need;
  if (need_fact != nullptr) ++sums.need_known;
  answers.turn_to(prepared);
  std::size_t permitted = 0, undecided = 0;
  std::map<Instrument, HeatCell> cells;
  std::array<MissingColumn, kFactKeyCount> columns{};
  for (std::uint32_t n = 0; n < catalogue.size(); ++n) {
    const ProductRow row{n};
    const auto [verdict, failed] = answers.verdict(row);
    if (verdict == Verdict::refused) {
      ++sums.pairs_refused;
      if (failed != 1) continue;
      for (const auto& plan : answers.single_changes(row).plans) {
        const Change& change = plan.changes.front();
        Door& door = doors[{change.key, change.remedy, change.added}];
        ++door.pairs;
        door.projects.insert(index);
        door.products.insert(n);
        if (door.examples.size() < 5) door.examples.emplace_back(index, row);
      }
      continue;
    }
    HeatCell& cell = cells[catalogue.product(row).instrument];
    if (verdict == Verdict::permitted) {
      ++permitted;
      ++cell.permitted;
      continue;
    }
    ++undecided;
    ++cell.possible;
    const detail::Keys keys = answers.missing(row);
    const bool alone = keys.count() == 1;
    for (std::size_t k = 0; k < kFactKeyCount; ++k) {
      if (!keys.test(k)) continue;
      ++columns[k].pairs_touched;
      if (alone) ++columns[k].pairs_alone;
    }
  }
  const std::string area = cells.empty() ? std::string() : area_of(project);
  for (const auto& [instrument, counts] : cells) {
    auto& cell = heat[{area, instrument}];
    cell.area = area;
    cell.instrument = instrument;
    cell.permitted += counts.permitted;
    cell.possible += counts.possible;
  }
  for (std::size_t k = 0; k < kFactKeyCount; ++k) {
    if (columns[k].pairs_touched == 0) continue;
    auto& column = missing[static_cast<FactKey>(k)];
    column.key = static_cast<FactKey>(k);
    column.pairs_touched += columns[k].pairs_touched;
    column.pairs_alone += columns[k].pairs_alone;
    ++column.projects;
    column.money += need;
    column.investment += exact_amount(prepared.facts, FactKey::total_investment);
  }
  sums.pairs_permitted += permitted;
  sums.pairs_undecided += undecided;
  if (permitted != 0) ++sums.projects_with_permitted;
  if (permitted == 0 && undecided != 0) ++sums.projects_with_possible_only;
}

void Tally::merge(Tally&& later) {
  sums.projects += later.sums.projects;
  sums.collections += later.sums.collections;
  sums.projects_with_permitted += later.sums.projects_with_permitted;
  sums.projects_with_possible_only += later.sums.projects_with_possible_only;
  sums.pairs_permitted += later.sums.pairs_permitted;
  sums.pairs_undecided += later.sums.pairs_undecided;
  sums.pairs_refused += later.sums.pairs_refused;
  sums.total_investment += later.sums.total_investment;
  sums.financing_need += later.sums.financing_need;
  sums.need_known += later.sums.need_known;
  for (auto& [key, cell] : later.heat) {
    auto& mine = heat[key];
    mine.area = cell.area;
    mine.instrument = cell.instrument;
    mine.permitted += cell.permitted;
    mine.possible += cell.possible;
  }
  for (auto& [key, column] : later.missing) {
    auto& mine = missing[key];
    mine.key = key;
    mine.pairs_alone += column.pairs_alone;
    mine.pairs_touched += column.pairs_touched;
    mine.projects += column.projects;
    mine.money += column.money;
    mine.investment += column.investment;
  }
  for (auto& [key, door] : later.doors) {
    auto& mine = doors[key];
    mine.pairs += door.pairs;
    mine.projects.merge(door.projects);
    mine.products.merge(door.products);
    for (const auto& example : door.examples) {
      if (mine.examples.size() < 5) mine.examples.push_back(example);
    }
  }
}

}  // namespace

std::string area_of(const Project& project) {
  const Fact* region = project.facts.find(FactKey::region);
  if (region != nullptr && region->codes.size() == 1 && region->codes.front().text().size() >= 6) {
    return region->codes.front().text().substr(0, 6);
  }
  return std::string(project.text("zone"));
}

Overview overview(std::span<const Project> projects, const Catalogue& catalogue, OverviewOptions options) {
  const std::size_t threads =
      std::clamp<std::size_t>(options.threads, 1, std::max<std::size_t>(1, projects.size()));
  std::vector<Tally> tallies(threads);
  const detail::SharedRules rules(catalogue);
  const auto run = [&](std::size_t t) {
    detail::SharedAnswers answers(rules, catalogue);
    const std::size_t first = projects.size() * t / threads, last = projects.size() * (t + 1) / threads;
    for (std::size_t i = first; i < last; ++i)
      tallies[t].add(static_cast<std::uint32_t>(i), projects[i], catalogue, answers);
  };
  std::vector<std::jthread> workers;
  for (std::size_t t = 1; t < threads; ++t) workers.emplace_back(run, t);
  run(0);
  workers.clear();
  Tally all = std::move(tallies.front());
  for (std::size_t t = 1; t < threads; ++t) all.merge(std::move(tallies[t]));

  Overview out = std::move(all.sums);
  for (auto& [key, cell] : all.heat) out.heat.push_back(cell);
  for (auto& [key, column] : all.missing) out.missing.push_back(column);
  std::stable_sort(out.missing.begin(), out.missing.end(),
                   [](const MissingColumn& a, const MissingColumn& b) {
                     return std::tie(b.pairs_alone, b.pairs_touched, b.money, b.investment) <
                            std::tie(a.pairs_alone, a.pairs_touched, a.money, a.investment);
                   });
  for (auto& [key, door] : all.doors) {
    NearMiss miss;
    std::tie(miss.key, miss.remedy, miss.added) = key;
    miss.pairs = door.pairs;
    miss.projects = door.projects.size();
    miss.products = door.products.size();
    for (const auto index : door.projects) {
      miss.money += exact_amount(projects[index].facts, FactKey::financing_need);
      miss.investment += exact_amount(projects[index].facts, FactKey::total_investment);
    }
    miss.examples = std::move(door.examples);
    out.near_misses.push_back(std::move(miss));
  }
  std::stable_sort(out.near_misses.begin(), out.near_misses.end(), [](const NearMiss& a, const NearMiss& b) {
    return std::tie(b.pairs, b.projects, b.money) < std::tie(a.pairs, a.projects, a.money);
  });
  return out;
}

}  // namespace huoshui
