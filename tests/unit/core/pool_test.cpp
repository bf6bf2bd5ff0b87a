// The threads that match() and prepare() share.
#include "core/detail/pool.hpp"

#include <gtest/gtest.h>
#include <atomic>
#include <filesystem>
#include <generate_wide.hpp>
#include <huoshui/matcher.hpp>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace huoshui::detail {
namespace {

/// Run so many tasks and expect that each ran once.
void expect_each_once(std::size_t tasks, unsigned threads) {
  std::vector<std::atomic<int>> runs(tasks);
  run_tasks(tasks, threads, [&](std::size_t i) { ++runs[i]; });
  for (std::size_t i = 0; i < tasks; ++i) ASSERT_EQ(runs[i], 1) << "task " << i << " of " << tasks;
}

#if defined(__linux__)
std::size_t threads_now() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}
#endif

TEST(Pool, RunsEachTaskOnce) {
  for (const std::size_t tasks : {0UL, 1UL, 2UL, 3UL, 7UL, 64UL, 1000UL}) {
    for (const unsigned threads : {0U, 1U, 2U, 3U, 8U, 100U}) expect_each_once(tasks, threads);
  }
}

TEST(Pool, UsesAtMostSoManyThreads) {
  for (const unsigned threads : {1U, 2U, 4U}) {
    std::mutex guard;
    std::set<std::thread::id> seen;
    std::atomic<int> now = 0, most = 0;
    run_tasks(200, threads, [&](std::size_t) {
      const int here = ++now;
      for (int before = most; here > before && !most.compare_exchange_weak(before, here);) {
      }
      {
        const std::scoped_lock lock(guard);
        seen.insert(std::this_thread::get_id());
      }
      --now;
    });
    EXPECT_LE(seen.size(), threads);
    EXPECT_LE(most, static_cast<int>(threads));
  }
}

TEST(Pool, TasksMeetOnSeveralThreads) {
  // Two tasks that wait for each other end only when two threads work at once.
  std::atomic<int> arrived = 0;
  run_tasks(2, 2, [&](std::size_t) {
    ++arrived;
    while (arrived < 2) std::this_thread::yield();
  });
  EXPECT_EQ(arrived, 2);
}

TEST(Pool, AnExceptionComesOutOnceAndLeavesThePoolUsable) {
  for (const unsigned threads : {1U, 2U, 5U}) {
    for (int round = 0; round < 50; ++round) {
      std::atomic<int> thrown = 0, caught = 0;
      try {
        run_tasks(100, threads, [&](std::size_t i) {
          if (i % 3 != 2) return;
          ++thrown;
          throw std::runtime_error("task " + std::to_string(i));
        });
      } catch (const std::runtime_error& error) {
        ++caught;
        EXPECT_EQ(std::string(error.what()).substr(0, 5), "task ");
      }
      EXPECT_EQ(caught, 1);
      EXPECT_GE(thrown, 1);
      EXPECT_LE(thrown, static_cast<int>(threads)) << "each thread stops at its first";
      expect_each_once(20, threads);
    }
  }
}

TEST(Pool, CallsMayBeNested) {
  std::atomic<int> runs = 0;
  run_tasks(8, 4, [&](std::size_t) {
    run_tasks(8, 4, [&](std::size_t) { run_tasks(4, 2, [&](std::size_t) { ++runs; }); });
  });
  EXPECT_EQ(runs, 8 * 8 * 4);
  EXPECT_THROW(run_tasks(4, 2,
                         [&](std::size_t) {
                           run_tasks(4, 2, [&](std::size_t i) {
                             if (i == 1) throw std::logic_error("inner");
                           });
                         }),
               std::logic_error);
}

TEST(Pool, SeveralThreadsMayCallAtOnce) {
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 6; ++caller) {
      callers.emplace_back([&failures, caller] {
        for (std::size_t round = 0; round < 60; ++round) {
          std::vector<std::size_t> runs(1 + round % 17);  // each written by one task alone
          const bool throws = caller == 0 && round % 5 == 0;
          try {
            run_tasks(runs.size(), 1 + round % 4, [&](std::size_t i) {
              ++runs[i];
              if (throws) throw std::runtime_error("once");
            });
            if (throws) ++failures;
            for (const std::size_t count : runs) failures += count == 1 ? 0 : 1;
          } catch (const std::runtime_error&) {
            if (!throws) ++failures;
          }
        }
      });
    }
  }
  EXPECT_EQ(failures, 0);
}

TEST(Pool, MatchingFromSeveralThreadsGivesTheSameAnswer) {
  testing::WideGenerator generate(1);
  const Catalogue catalogue = testing::compiled(generate.products(60));
  std::vector<Project> projects;
  const auto few = generate.projects(200, 25);
  for (int copies = 0; copies < 8; ++copies) projects.insert(projects.end(), few.begin(), few.end());
  const Answer expected = match(projects, catalogue);
  const PreparedList shared = prepare(projects, catalogue, 3);
  std::vector<std::jthread> callers;
  for (unsigned caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(match(projects, catalogue, {.threads = 1 + caller}), expected);
        EXPECT_EQ(match(shared, {.threads = 1 + caller}), expected);
        EXPECT_EQ(match(prepare(projects, catalogue, 1 + caller), {.threads = 2}), expected);
        EXPECT_EQ(match_product(shared, ProductRow{caller}).counts,
                  match_product(projects, catalogue, ProductRow{caller}).counts);
      }
    });
  }
}

#if defined(__linux__)
TEST(Pool, StartsNoThreadForACall) {
  const Catalogue catalogue = testing::compiled({testing::a_product()});
  const std::vector<Project> projects(2'000, testing::a_project());  // enough for several threads
  const auto call = [&] {
    (void)match(projects, catalogue, {.threads = 3});
    (void)match(prepare(projects, catalogue, 3), {.threads = 2});
  };
  call();
  const std::size_t before = threads_now();
  for (int round = 0; round < 100; ++round) call();
  EXPECT_EQ(threads_now(), before);
}
#endif

}  // namespace
}  // namespace huoshui::detail
