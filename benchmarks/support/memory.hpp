// What the program holds on its heap, for counters.
#pragma once

#include <cstddef>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace huoshui::bench {

/// Return the bytes in use on the heap, of all threads; 0 where the C library does not tell.
[[nodiscard]] inline std::size_t bytes_in_use() {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
#else
  return 0;
#endif
}

}  // namespace huoshui::bench
