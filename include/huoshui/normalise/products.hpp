/// Room normalise. Turn a table into products with terms and conditions.
/// Law: a term that cannot be understood takes its product out of the handbook, with an issue: a limit that
/// was overlooked would permit what must be refused. Words a code list does not know leave its list open
/// (等). Example: `load_products("产品手册.csv", Dictionaries::bundled()).value().value`.
#pragma once

#include <filesystem>
#include <huoshui/domain/product.hpp>
#include <huoshui/normalise/dictionaries.hpp>
#include <huoshui/read/table.hpp>
#include <string_view>
#include <vector>

namespace huoshui {

using ProductList = std::vector<Product>;

/// Read a CSV handbook; headers in English (id, name, instrument …) or Chinese (编号, 产品名称, 金融工具 …).
[[nodiscard]] Result<Loaded<ProductList>> load_products(const std::filesystem::path& path,
                                                        const Dictionaries& dictionaries);
[[nodiscard]] Result<Loaded<ProductList>> read_products(const Table& table, const Dictionaries& dictionaries);

/// The handbooks that come with the library: 253 real products, and complete invented ones marked 示例.
[[nodiscard]] std::string_view bundled_handbook();
[[nodiscard]] std::string_view bundled_illustrative_handbook();

}  // namespace huoshui
