// The threads of the library: started when first asked for, kept until the program ends.
#pragma once

#include <cstddef>
#include <functional>

namespace huoshui::detail {

/// Call `task(0)` … `task(tasks - 1)`, each once, on at most `threads` threads, this one among them. Returns
/// when all are done; the first exception of a task is thrown again here.
void run_tasks(std::size_t tasks, unsigned threads, const std::function<void(std::size_t)>& task);

}  // namespace huoshui::detail
