#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "source_tree.hpp"

namespace huoshui::architecture {
namespace {

using Rooms = std::set<std::string>;

/// The order of the house: a room and the earlier rooms it may include. The façade counts as a room. The
/// umbrella and fwd.hpp are for users: no room may include them.
const std::map<std::string, Rooms>& allowed() {
  static const std::map<std::string, Rooms> order = {
      {"version", {}},
      {"core", {}},
      {"domain", {"core"}},
      {"policy", {"core", "domain"}},
      {"supply_chain", {"core", "domain", "policy"}},
      {"syndicate", {"core", "domain", "policy"}},
      {"carbon", {"core", "domain", "policy"}},
      {"rights", {"core", "domain", "policy"}},
      {"read", {"core"}},
      {"normalise", {"core", "domain", "read"}},
      {"catalogue", {"core", "domain", "policy"}},
      {"eligibility", {"core", "domain", "policy", "catalogue"}},
      {"score", {"core", "domain", "policy", "catalogue", "eligibility"}},
      {"topk", {"core"}},
      {"learn",
       {"core", "domain", "policy", "read", "normalise", "catalogue", "eligibility", "score", "topk"}},
      {"explain", {"core", "domain", "policy", "normalise", "catalogue", "eligibility", "score", "topk"}},
      {"engine", {"core", "domain", "policy", "catalogue", "eligibility", "score", "topk"}},
      {"matcher", {"core", "domain", "policy", "catalogue", "eligibility", "score", "topk", "engine"}},
      {"structure",
       {"core", "domain", "policy", "supply_chain", "syndicate", "carbon", "rights", "read", "normalise",
        "catalogue", "eligibility", "score", "topk", "explain", "matcher"}},
      {"live",
       {"core", "domain", "policy", "catalogue", "eligibility", "score", "topk", "explain", "matcher"}},
      {"report",
       {"core", "domain", "policy", "read", "normalise", "catalogue", "eligibility", "score", "topk",
        "explain", "matcher", "supply_chain", "syndicate", "carbon", "rights", "structure", "version"}},
  };
  return order;
}

std::string at(const SourceFile& file, const Include& include) {
  return file.path + ":" + std::to_string(include.line) + " includes " + include.target;
}

TEST(Rooms, IncludeEarlierRoomsOnly) {
  std::vector<std::string> breaches;
  for (const auto& file : library_files()) {
    const auto room = room_of(file.path);
    if (room == "huoshui") continue;  // the umbrella has its own test
    const auto order = allowed().find(room);
    for (const auto& include : includes_of(file)) {
      const auto target = room_of(include.target);
      if (target.empty() || target == room) continue;
      if (order == allowed().end() || !order->second.contains(target)) {
        breaches.push_back(at(file, include) + ": room " + room + " may not know room " + target);
      }
    }
  }
  EXPECT_TRUE(breaches.empty()) << joined(breaches);
}

TEST(Rooms, AreAllInTheOrder) {
  std::vector<std::string> strangers;
  for (const auto& file : library_files()) {
    const auto room = room_of(file.path);
    if (room != "huoshui" && room != "fwd" && !allowed().contains(room)) strangers.push_back(file.path);
  }
  EXPECT_TRUE(strangers.empty()) << "these files belong to no known room:\n" << joined(strangers);
}

TEST(Rooms, SeeEveryIncludeOfOurs) {
  // A header of ours that room_of does not recognise would pass unseen.
  std::vector<std::string> unseen;
  std::size_t ours = 0;
  for (const auto& file : library_files()) {
    for (const auto& include : includes_of(file)) {
      if (!room_of(include.target).empty()) {
        ++ours;
        const auto folder = include.target.starts_with("huoshui/") ? "include" : "src";
        if (!std::filesystem::exists(root() / folder / include.target)) unseen.push_back(at(file, include));
      } else if (include.is_quoted) {
        unseen.push_back(at(file, include));
      }
    }
  }
  EXPECT_TRUE(unseen.empty()) << "write <huoshui/room/name.hpp> or \"room/detail/name.hpp\":\n"
                              << joined(unseen);
  EXPECT_GT(ours, 100U);
}

}  // namespace
}  // namespace huoshui::architecture
