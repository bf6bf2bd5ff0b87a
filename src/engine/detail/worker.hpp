// What one thread works with.
#pragma once

#include "engine/detail/reader.hpp"
#include "engine/detail/scan.hpp"

namespace huoshui::engine {

struct Worker {
  explicit Worker(const Index& index) : reader(index), scan(index) {}

  /// Read a project by its facts; the reading lasts until the next one.
  Reading read(const Project& project, const detail::FactTable& facts) {
    arena.clear();
    reader.forget_if_large();
    return reader.read(project, facts, arena);
  }

  Reader reader;
  Arena arena;
  Scan scan;
};

}  // namespace huoshui::engine
