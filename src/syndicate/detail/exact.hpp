// A 128-bit signed number for sums and products of amounts; every supported compiler has it under this name.
#pragma once

namespace huoshui::syndicate::detail {

__extension__ typedef __int128 Exact;

}  // namespace huoshui::syndicate::detail
