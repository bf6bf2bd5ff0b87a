// Write a workload for the peers in Python: flat columns of products and projects, the true answer, and a
// list and a handbook as CSV. Usage: huoshui_workload_export FOLDER PROJECTS PRODUCTS SPREAD
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/list.hpp"
#include "support/oracle.hpp"

namespace huoshui::bench {
namespace {

namespace fs = std::filesystem;

/// The NumPy file format, version 1.0, little-endian: a header padded to 64 bytes, then the numbers.
template <typename Number>
void write_npy(const fs::path& path, const std::vector<Number>& numbers, std::size_t columns = 1) {
  std::string shape = "(" + std::to_string(numbers.size() / columns) + ",";
  shape += columns == 1 ? ")" : " " + std::to_string(columns) + ")";
  std::string header = std::string("{'descr': '<") + (std::is_signed_v<Number> ? 'i' : 'u') +
                       std::to_string(sizeof(Number)) + "', 'fortran_order': False, 'shape': " + shape +
                       ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::ofstream out(path, std::ios::binary);
  out << "\x93NUMPY" << '\x01' << '\0' << static_cast<char>(header.size() % 256)
      << static_cast<char>(header.size() / 256) << header;
  out.write(reinterpret_cast<const char*>(numbers.data()),
            static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
}

class Folder {
 public:
  Folder(fs::path path, std::string prefix) : path_(std::move(path)), prefix_(std::move(prefix)) {}

  /// One column: `value(row)` of each row.
  template <typename Rows, typename Value>
  void column(const std::string& name, const Rows& rows, const Value& value) const {
    std::vector<std::decay_t<decltype(value(*rows.begin()))>> numbers;
    numbers.reserve(rows.size());
    for (const auto& row : rows) numbers.push_back(value(row));
    write_npy(path_ / (prefix_ + name + ".npy"), numbers);
  }
  template <typename Rows, typename Value>
  void set(const std::string& name, const Rows& rows, const Value& value) const {
    for (std::size_t w = 0; w < 2; ++w)
      column(name + std::to_string(w), rows, [&](const auto& row) { return value(row).words[w]; });
  }

 private:
  fs::path path_;
  std::string prefix_;
};

void write_products(const fs::path& path, const FlatProducts& products) {
  const Folder to(path, "product_");
  const auto& q = products.rows;
  to.set("regions", products.regions, [](const Set128& s) { return s; });
  to.set("industries", products.industries, [](const Set128& s) { return s; });
  to.set("text", q, [](const FlatProduct& r) { return r.text; });
  to.column("amount_min", q, [](const FlatProduct& r) { return r.amount_min; });
  to.column("amount_top", q, [](const FlatProduct& r) { return r.amount_top; });
  to.column("amount_log", q, [](const FlatProduct& r) { return r.amount_log; });
  to.column("tenor_max", q, [](const FlatProduct& r) { return r.tenor_max; });
  to.column("tenor_log", q, [](const FlatProduct& r) { return r.tenor_log; });
  to.column("years_min", q, [](const FlatProduct& r) { return r.years_min; });
  to.column("debt_max", q, [](const FlatProduct& r) { return r.debt_max; });
  to.column("fixed_points", q, [](const FlatProduct& r) { return r.fixed_points; });
  to.column("borrowers", q, [](const FlatProduct& r) { return r.borrowers; });
  to.column("named_borrowers", q, [](const FlatProduct& r) { return r.named_borrowers; });
  to.column("securities", q, [](const FlatProduct& r) { return r.securities; });
  to.column("measures", q, [](const FlatProduct& r) { return r.measures; });
  to.column("instrument_measures", q, [](const FlatProduct& r) { return r.instrument_measures; });
  to.column("instrument", q, [](const FlatProduct& r) { return r.instrument; });
  to.column("needs", q, [](const FlatProduct& r) { return r.needs; });
  to.column("shoulds", q, [](const FlatProduct& r) { return r.shoulds; });
  to.column("text_pairs", q, [](const FlatProduct& r) { return r.text_pairs; });
  write_npy(path / "weights.npy",
            std::vector<std::int32_t>(products.weights.begin(), products.weights.end()));
}

void write_projects(const fs::path& path, const std::vector<FlatProject>& projects) {
  const Folder to(path, "project_");
  const auto& p = projects;
  to.set("text", p, [](const FlatProject& r) { return r.text; });
  to.column("gates", p, [](const FlatProject& r) { return r.gates; });
  to.column("held0", p, [](const FlatProject& r) { return r.held[0]; });
  to.column("held1", p, [](const FlatProject& r) { return r.held[1]; });
  to.column("need", p, [](const FlatProject& r) { return r.need; });
  to.column("need_log", p, [](const FlatProject& r) { return r.need_log; });
  to.column("tenor", p, [](const FlatProject& r) { return r.tenor; });
  to.column("tenor_log", p, [](const FlatProject& r) { return r.tenor_log; });
  to.column("years", p, [](const FlatProject& r) { return r.years; });
  to.column("debt", p, [](const FlatProject& r) { return r.debt; });
  to.column("region", p, [](const FlatProject& r) { return r.region; });
  to.column("industry", p, [](const FlatProject& r) { return r.industry; });
  to.column("measure", p, [](const FlatProject& r) { return r.measure; });
  to.column("borrower", p, [](const FlatProject& r) { return r.borrower; });
  to.column("security", p, [](const FlatProject& r) { return r.security; });
  to.column("has", p, [](const FlatProject& r) { return r.has; });
}

/// Ten places for each project; -1 where there is no offer.
void write_answer(const fs::path& path, const Answer& answer) {
  std::vector<std::int32_t> rows(answer.size() * kBest, -1), points(answer.size() * kBest, -1), permitted;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    permitted.push_back(static_cast<std::int32_t>(answer.counts(i).permitted));
    const auto offers = answer.offers(i);
    for (std::size_t j = 0; j < offers.size(); ++j) {
      rows[i * kBest + j] = static_cast<std::int32_t>(offers[j].product);
      points[i * kBest + j] = static_cast<std::int32_t>(offers[j].points);
    }
  }
  write_npy(path / "answer_rows.npy", rows, kBest);
  write_npy(path / "answer_points.npy", points, kBest);
  write_npy(path / "answer_permitted.npy", permitted);
}

int run(const fs::path& path, const WorkloadOptions& options) {
  const Prepared& prepared = prepared_workload(options);
  const Answer answer =
      match(prepared.workload.projects, prepared.catalogue, {.k = kBest, .possible = 0, .threads = 2});
  if (!equals_oracle(prepared, answer, 0)) {
    std::fputs("the answer differs from the exhaustive method\n", stderr);
    return 1;
  }
  fs::create_directories(path);
  write_products(path, flatten_products(prepared.catalogue));
  write_projects(path, flat_projects(prepared));
  write_answer(path, answer);
  std::ofstream(path / "list.csv", std::ios::binary) << list_of(options.projects);
  std::ofstream(path / "handbook.csv", std::ios::binary) << handbook_of(options.products);
  return 0;
}

}  // namespace
}  // namespace huoshui::bench

int main(int argc, char** argv) {
  using namespace huoshui::bench;
  WorkloadOptions options;
  const auto number = [](const char* text, std::size_t& out) {
    const std::string_view all(text);
    const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), out);
    return error == std::errc{} && end == all.data() + all.size();
  };
  bool fits = argc == 5 && number(argv[2], options.projects) && number(argv[3], options.products);
  if (fits) {
    fits = false;
    for (const Spread spread : {Spread::zipf, Spread::broad, Spread::sharp}) {
      if (to_string(spread) != std::string_view(argv[4])) continue;
      options.spread = spread;
      fits = true;
    }
  }
  if (!fits) {
    std::fputs("usage: huoshui_workload_export FOLDER PROJECTS PRODUCTS zipf|broad|sharp\n", stderr);
    return 2;
  }
  return run(argv[1], options);
}
