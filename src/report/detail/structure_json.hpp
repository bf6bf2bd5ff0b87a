// Offers on paper and packages as JSON, for the document huoshui.package/1 and for the page.
#pragma once

#include <boost/json.hpp>
#include <huoshui/structure/package.hpp>
#include <span>

namespace huoshui::detail {

[[nodiscard]] boost::json::array packages_array(std::span<const Package> packages,
                                                const Catalogue& catalogue);
[[nodiscard]] boost::json::array papers_array(std::span<const OfferOnPaper> papers,
                                              const Catalogue& catalogue);

}  // namespace huoshui::detail
