#define HUOSHUI_KERNEL_AVX512
#include "engine/detail/kernel_body.hpp"

namespace huoshui::engine {

extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels{Target::avx512, intersect, one_away,  collect,
                             add_from,       closeness, score,     reaching_with_text,
                             floor_of_best,  add_text,  rank_keys, reaching};

}  // namespace huoshui::engine
