#include "syndicate/detail/lanes.hpp"

namespace huoshui::syndicate::detail {
namespace {

using Join = LineJoin<std::int64_t>;

void plain(const Join& join) { join_line<Plain>(join); }

#if defined(__x86_64__) && defined(__GNUC__)
/// Lanes side by side, in as many registers as the processor needs for them.
struct Together {
  typedef std::int64_t All __attribute__((vector_size(64)));
  typedef std::int64_t Pair __attribute__((vector_size(16)));
  template <class Some>
  HUOSHUI_INLINE static void load(Some& to, const std::int64_t* from) {
    __builtin_memcpy(&to, from, sizeof to);
  }
  template <class Some>
  HUOSHUI_INLINE static void store_less(std::int64_t* to, const Some& a, const Some& b) {
    const Some least = a < b ? a : b;
    __builtin_memcpy(to, &least, sizeof least);
  }

  using Lanes = Cell<std::int64_t>;
  template <std::size_t Begin, std::size_t Count>
  HUOSHUI_INLINE static void least(Lanes& to, const Lanes& a, const Lanes& b) {
    using Some = std::conditional_t<Count == kCell, All, Pair>;
    Some one, other;
    load(one, a.data() + Begin);
    load(other, b.data() + Begin);
    store_less(to.data() + Begin, one, other);
  }
  HUOSHUI_INLINE static void lower(Lanes& to, const Lanes& seen, std::int64_t more) {
    All kept, value;
    load(kept, to.data());
    load(value, seen.data());
    store_less<All>(to.data(), kept, value + more);
  }
  HUOSHUI_INLINE static void lower_agent(Lanes& to, const Lanes& seen, std::int64_t more) {
    constexpr std::int64_t kNever = Scale<std::int64_t>::never();
    All kept, from;
    load(kept, to.data());
    load(from, seen.data());
    store_less<All>(to.data(), kept,
                    __builtin_shufflevector(from, from, 0, 0, 2, 2, 4, 4, 6, 6) +
                        All{kNever, more, kNever, more, kNever, more, kNever, more});
  }
};

[[gnu::target("avx2")]] void avx2(const Join& join) { join_line<Together>(join); }
[[gnu::target("avx512f,avx512vl,avx512dq,prefer-vector-width=512")]] void avx512(const Join& join) {
  join_line<Together>(join);
}
#endif

struct Joiners {
  std::array<LineJoiner, 3> joiners{plain};
  std::size_t count = 1;
};

}  // namespace

std::span<const LineJoiner> line_joiners() {
  static const Joiners found = [] {
    Joiners out;
#if defined(__x86_64__) && defined(__GNUC__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) out.joiners[out.count++] = avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq"))
      out.joiners[out.count++] = avx512;
#endif
    return out;
  }();
  return {found.joiners.data(), found.count};
}

}  // namespace huoshui::syndicate::detail
