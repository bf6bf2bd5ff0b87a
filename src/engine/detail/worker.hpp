// What one thread works with.
#pragma once

#include "engine/detail/reader.hpp"
#include "engine/detail/scan.hpp"

namespace huoshui::engine {

struct Worker {
  explicit Worker(const Index& index) : reader(index), scan(index) {}

  const Ranking& run(const Project& project, const Policy& policy) {
    arena.clear();
    reader.forget_if_large();
    const Reading reading = reader.read(project, policy, arena);
    return scan.run(reading, &reader.facts());
  }

  Reader reader;
  Arena arena;
  Scan scan;
};

}  // namespace huoshui::engine
