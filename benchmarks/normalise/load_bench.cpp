#include <benchmark/benchmark.h>

#include <huoshui/normalise/projects.hpp>
#include <huoshui/read/csv.hpp>
#include <string>

namespace huoshui::bench {
namespace {

/// The bundled sample, its rows repeated with their own numbers and amounts.
std::string list_of(std::size_t rows) {
  const Table sample = parse_csv(bundled_sample_projects(), "sample.csv").value();
  const auto& lines = sample.sheets.front().rows;
  std::string out;
  const auto write = [&](const TableRow& row, std::size_t number) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool amount = number != 0 && (i == 9 || i == 10);
      const std::string text = number != 0 && i == 0 ? std::to_string(number)
                               : amount              ? std::to_string(100 + number * 37 % 90'000)
                                                     : row.cells[i].text;
      out += (i == 0 ? "" : ",") + csv_field(text);
    }
    out += '\n';
  };
  write(lines.front(), 0);
  for (std::size_t n = 1; n <= rows; ++n) write(lines[1 + n % (lines.size() - 1)], n);
  return out;
}

void LoadProjects(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const std::string csv = list_of(rows);
  const auto read = [&] {
    return read_projects(parse_csv(csv, "list.csv").value(), Dictionaries::bundled()).value();
  };
  if (read().value.rows.projects != rows) {
    state.SkipWithError("rows were lost");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(read());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(LoadProjects)->ArgName("rows")->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace huoshui::bench
