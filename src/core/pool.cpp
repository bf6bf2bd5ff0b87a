#include "core/detail/pool.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace huoshui::detail {
namespace {

struct Job {
  std::atomic<std::size_t> next{0};
  std::size_t tasks = 0;
  const std::function<void(std::size_t)>* task = nullptr;
  unsigned seats = 0;    // for helpers; guarded by the pool's mutex, as are the next two
  unsigned helpers = 0;  // at work
  std::exception_ptr error;
};

class Pool {
 public:
  static Pool& shared() {
    static Pool pool;
    return pool;
  }

  void run(std::size_t tasks, unsigned threads, const std::function<void(std::size_t)>& task) {
    Job job;
    job.tasks = tasks;
    job.task = &task;
    job.seats = threads - 1;
    {
      const std::scoped_lock lock(guard_);
      constexpr std::size_t kMostWorkers = 63;
      while (workers_.size() < std::min<std::size_t>(job.seats, kMostWorkers))
        workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
      jobs_.push_back(&job);
    }
    wake_.notify_all();
    take_part(job);
    std::unique_lock lock(guard_);
    job.seats = 0;  // whoever comes late finds nothing left
    std::erase(jobs_, &job);
    done_.wait(lock, [&] { return job.helpers == 0; });
    if (job.error) std::rethrow_exception(job.error);
  }

 private:
  void take_part(Job& job) {
    try {
      for (std::size_t i = job.next++; i < job.tasks; i = job.next++) (*job.task)(i);
    } catch (...) {
      job.next = job.tasks;
      const std::scoped_lock lock(guard_);
      if (!job.error) job.error = std::current_exception();
    }
  }

  void work(const std::stop_token& stop) {
    std::unique_lock lock(guard_);
    const auto open = [](const Job* job) { return job->seats != 0; };
    for (;;) {
      auto at = jobs_.end();
      wake_.wait(lock, stop, [&] {
        at = std::find_if(jobs_.begin(), jobs_.end(), open);
        return at != jobs_.end();
      });
      if (at == jobs_.end()) return;  // asked to stop
      Job& job = **at;
      --job.seats;
      ++job.helpers;
      lock.unlock();
      take_part(job);
      lock.lock();
      if (--job.helpers == 0) done_.notify_all();
    }
  }

  std::mutex guard_;
  std::condition_variable_any wake_;
  std::condition_variable done_;
  std::deque<Job*> jobs_;
  std::vector<std::jthread> workers_;  // last, so that they end before what they use
};

}  // namespace

void run_tasks(std::size_t tasks, unsigned threads, const std::function<void(std::size_t)>& task) {
  if (threads <= 1 || tasks <= 1) {
    for (std::size_t i = 0; i < tasks; ++i) task(i);
    return;
  }
  Pool::shared().run(tasks, threads, task);
}

}  // namespace huoshui::detail
