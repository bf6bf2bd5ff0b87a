// A long list and a thick handbook in real words, as CSV text: the bundled ones over and over, every row with
// its own number. For what begins with a file: loading, and the same match from C++ and from Python.
#pragma once

#include <string>

namespace huoshui::bench {

/// The bundled sample list repeated to `rows` projects with amounts of their own.
[[nodiscard]] std::string list_of(std::size_t rows);

/// The bundled handbook repeated to `products` rows with ids of their own.
[[nodiscard]] std::string handbook_of(std::size_t products);

}  // namespace huoshui::bench
