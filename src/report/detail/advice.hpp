// How the instrument ranking of a project is printed: one shape for JSON, one for a terminal.
#pragma once

#include <boost/json/object.hpp>
#include <huoshui/report/report.hpp>

namespace huoshui::detail {

/// Return the member `advice` of a project. Positions are bytes of the texts as the list has them.
[[nodiscard]] boost::json::object advice_object(const Advice& advice, const Project& project,
                                                const Catalogue& catalogue, const Dictionaries& dictionaries);

/// Return the ranking with the words that decided, in one line for a terminal.
[[nodiscard]] std::string advice_line(const Advice& advice, const Project& project, Language language);

/// Return the ranking for a terminal: one line each, indented by two.
[[nodiscard]] std::string advice_text(const Advice& advice, const Project& project,
                                      const Catalogue& catalogue, const Dictionaries& dictionaries,
                                      Language language);

}  // namespace huoshui::detail
