#include <huoshui/read/csv.hpp>
#include <huoshui/report/report.hpp>

namespace huoshui {
namespace {

/// Millionths of a point as a decimal number, exact.
std::string decimal_points(std::int64_t millionths) {
  std::string fraction = std::to_string(1'000'000 + millionths % 1'000'000).substr(1);
  return std::to_string(millionths / 1'000'000) + "." + fraction;
}

}  // namespace

std::string match_csv(const ReportInput& input) {
  std::string out =
      "project_id,project_name,verdict,rank,product_id,product_name,institution,instrument,illustrative,"
      "points";
  for (const auto& entry : criterion_infos()) out += "," + std::string(entry.id);
  out += ",cautions,missing\n";
  for (std::size_t i = 0; i < input.list->projects.size(); ++i) {
    const Project& project = input.list->projects[i];
    const PreparedProject prepared = prepare(project, *input.catalogue);
    const auto write = [&](std::span<const Offer> offers, std::string_view verdict) {
      std::size_t rank = 0;
      for (const auto& offer : offers) {
        const Product& product = input.catalogue->product(offer.product);
        const Points points = score(prepared, *input.catalogue, offer.product);
        const bool illustrative = product.confidence == Confidence::illustrative;
        out += csv_field(project.id) + "," + csv_field(project.name) + "," + std::string(verdict) + "," +
               std::to_string(++rank) + "," + csv_field(product.id) + "," + csv_field(product.name) + "," +
               csv_field(product.institution) + "," + std::string(to_string(product.instrument)) + "," +
               (illustrative ? "true" : "false") + "," + decimal_points(points.total);
        for (const std::int64_t part : points.parts) out += "," + decimal_points(part);
        std::string missing;
        for (const FactKey key : missing_facts(prepared, *input.catalogue, offer.product)) {
          missing += (missing.empty() ? "" : ";") + std::string(to_string(key));
        }
        out += "," + std::to_string(offer.cautions) + "," + csv_field(missing) + "\n";
      }
    };
    write(input.answer->offers(i), "permitted");
    write(input.answer->possible(i), "undecided");
  }
  return out;
}

}  // namespace huoshui
