#include <gtest/gtest.h>

#include <huoshui/domain/instrument.hpp>
#include <huoshui/normalise/products.hpp>
#include <huoshui/read/csv.hpp>
#include <map>
#include <set>
#include <string>

#include "source_tree.hpp"

namespace huoshui::architecture {
namespace {

/// A table as maps from column name to cell, row by row.
std::vector<std::map<std::string, std::string>> records(const Table& table) {
  std::vector<std::map<std::string, std::string>> out;
  const auto& rows = table.sheets.at(0).rows;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto& record = out.emplace_back();
    for (std::size_t c = 0; c < rows[i].cells.size(); ++c) {
      record[rows[0].cells.at(c).text] = rows[i].cells[c].text;
    }
  }
  return out;
}

TEST(Tables, InstrumentsAreTheEnumList) {
  const auto table = load_csv(root() / "src/domain/tables/instruments.csv").value();
  const auto rows = records(table);
  ASSERT_EQ(rows.size(), kInstrumentCount);
  ASSERT_EQ(instrument_infos().size(), kInstrumentCount);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const auto& entry = instrument_infos()[i];
    SCOPED_TRACE("instruments.csv, entry " + std::to_string(i + 1) + ", " + row.at("id"));
    EXPECT_EQ(static_cast<std::size_t>(entry.instrument), i);
    EXPECT_EQ(row.at("id"), entry.id);
    EXPECT_EQ(row.at("name_zh"), entry.name_zh);
    EXPECT_EQ(row.at("name_en"), entry.name_en);
    EXPECT_EQ(row.at("kind"), to_string(entry.kind));
    EXPECT_EQ(row.at("measures"), entry.measures);
  }
}

TEST(Tables, HandbooksNameOnlyInstrumentsOfTheList) {
  std::set<std::string> ids;
  for (const auto& [text, file, id_column, instrument_column] :
       {std::tuple(bundled_handbook(), "handbook.csv", "id", "instrument"),
        std::tuple(bundled_illustrative_handbook(), "illustrative_handbook.csv", "编号", "金融工具")}) {
    const auto table = parse_csv(text, file).value();
    const auto rows = records(table);
    EXPECT_GT(rows.size(), 50U) << file;
    for (const auto& row : rows) {
      EXPECT_TRUE(find_instrument(row.at(instrument_column)))
          << file << ": " << row.at(id_column) << " names " << row.at(instrument_column);
      EXPECT_TRUE(ids.insert(row.at(id_column)).second) << file << ": " << row.at(id_column) << " twice";
    }
  }
}

TEST(Tables, BundledHandbooksAreReadWholeAndServeEveryInstrument) {
  std::set<Instrument> served;
  for (const auto& [text, file] : {std::pair(bundled_handbook(), "handbook.csv"),
                                   std::pair(bundled_illustrative_handbook(), "illustrative_handbook.csv")}) {
    const auto table = parse_csv(text, file).value();
    const auto loaded = read_products(table, Dictionaries::bundled()).value();
    EXPECT_EQ(loaded.value.size(), records(table).size()) << file;
    for (const auto& product : loaded.value) served.insert(product.instrument);
  }
  for (const auto& entry : instrument_infos()) {
    EXPECT_TRUE(served.contains(entry.instrument)) << "no bundled product serves " << entry.id;
  }
}

}  // namespace
}  // namespace huoshui::architecture
