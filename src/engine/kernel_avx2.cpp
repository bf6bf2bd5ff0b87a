#include "engine/detail/kernel_body.hpp"

namespace huoshui::engine {

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels{Target::avx2, intersect,          one_away,      collect,  add_from,  closeness,
                           score,        reaching_with_text, floor_of_best, add_text, rank_keys, reaching};

}  // namespace huoshui::engine
