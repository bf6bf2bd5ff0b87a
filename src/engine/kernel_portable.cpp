#include "engine/detail/kernel_body.hpp"

namespace huoshui::engine {

extern const Kernels kPortableKernels;
const Kernels kPortableKernels{Target::portable, intersect, one_away,  collect,
                               add_from,         closeness, score,     reaching_with_text,
                               floor_of_best,    add_text,  rank_keys, reaching};

}  // namespace huoshui::engine
