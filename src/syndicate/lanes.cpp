#include "syndicate/detail/lanes.hpp"

#include <type_traits>

namespace huoshui::syndicate::detail {
namespace {

template <class Number>
void plain(const LineJoin<Number>& join) {
  join_line<Plain>(join);
}

#if defined(__x86_64__) && defined(__GNUC__)
/// Lanes side by side, in as many registers as the processor needs for them.
template <class Number>
struct Together {
  typedef Number All __attribute__((vector_size(kCell * sizeof(Number))));
  typedef Number Four __attribute__((vector_size(4 * sizeof(Number))));
  typedef Number Two __attribute__((vector_size(2 * sizeof(Number))));
  template <class Lanes>
  HUOSHUI_INLINE static void load(Lanes& to, const Number* from) {
    __builtin_memcpy(&to, from, sizeof to);
  }
  template <class Lanes>
  HUOSHUI_INLINE static void store_less(Number* to, const Lanes& a, const Lanes& b) {
    const Lanes least = a < b ? a : b;
    __builtin_memcpy(to, &least, sizeof least);
  }

  template <std::size_t Begin, std::size_t Count>
  HUOSHUI_INLINE static void least(Cell<Number>& to, const Cell<Number>& a, const Cell<Number>& b) {
    // A vector type is no template argument: it would be taken for its elements' type.
    if constexpr (Count == kCell) {
      All one, other;
      load(one, a.data());
      load(other, b.data());
      store_less(to.data(), one, other);
    } else if constexpr (Count == 4) {
      Four one, other;
      load(one, a.data() + Begin);
      load(other, b.data() + Begin);
      store_less(to.data() + Begin, one, other);
    } else {
      Two one, other;
      load(one, a.data() + Begin);
      load(other, b.data() + Begin);
      store_less(to.data() + Begin, one, other);
    }
  }
  HUOSHUI_INLINE static void lower(Cell<Number>& to, const Cell<Number>& seen, Number more) {
    All kept, value;
    load(kept, to.data());
    load(value, seen.data());
    value += more;
    store_less(to.data(), kept, value);
  }
  HUOSHUI_INLINE static void lower_agent(Cell<Number>& to, const Cell<Number>& seen, Number more) {
    constexpr Number kNever = Scale<Number>::never();
    All kept, from;
    load(kept, to.data());
    load(from, seen.data());
    const All agent = {kNever, more, kNever, more, kNever, more, kNever, more};
    const All value = __builtin_shufflevector(from, from, 0, 0, 2, 2, 4, 4, 6, 6) + agent;
    store_less(to.data(), kept, value);
  }
};

template <class Number>
[[gnu::target("avx2")]] void avx2(const LineJoin<Number>& join) {
  join_line<Together<Number>>(join);
}
#endif

template <class Number>
struct Joiners {
  std::array<LineJoiner<Number>, 2> joiners{plain<Number>};
  std::size_t count = 1;
};

}  // namespace

template <class Number>
std::span<const LineJoiner<Number>> line_joiners() {
  static const Joiners<Number> found = [] {
    Joiners<Number> out;
#if defined(__x86_64__) && defined(__GNUC__)
    if constexpr (std::is_integral_v<Number>) {
      __builtin_cpu_init();
      if (__builtin_cpu_supports("avx2")) out.joiners[out.count++] = avx2<Number>;
    }
#endif
    return out;
  }();
  return {found.joiners.data(), found.count};
}

template std::span<const LineJoiner<std::int32_t>> line_joiners<std::int32_t>();
template std::span<const LineJoiner<std::int64_t>> line_joiners<std::int64_t>();
template std::span<const LineJoiner<Value>> line_joiners<Value>();

}  // namespace huoshui::syndicate::detail
