// A 128-bit unsigned number for products of two 64-bit ones; every supported compiler has it under this name.
#pragma once

namespace huoshui::detail {

__extension__ typedef unsigned __int128 Wide;

}  // namespace huoshui::detail
