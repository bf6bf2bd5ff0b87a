#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

// Thirds of a square metre: 1亩 = 2000/3 m2, so that 亩, 公顷 and m2 all convert exactly.
constexpr auto kUnits = std::to_array<UnitWord>({
    {"平方公里", 3'000'000},
    {"平方千米", 3'000'000},
    {"平方英尺", 2'787'091'200, 10'000'000'000, quantity_flag::unit_inexact, true},
    {"平方米", 3},
    {"平方", 3},
    {"平米", 3},
    {"km²", 3'000'000},
    {"km2", 3'000'000},
    {"hm²", 30'000},
    {"hm2", 30'000},
    {"ha", 30'000},
    {"m²", 3},
    {"m2", 3},
    {"m^2", 3},
    {"公顷", 30'000},
    {"公亩", 300},
    {"英亩", 121'405'692'672, 10'000'000, quantity_flag::unit_inexact},
    {"市亩", 2'000},
    {"亩", 2'000},
    {"mu", 2'000},
    {"市顷", 200'000},
    {"顷", 200'000},
    {"坪", 1'200, 121, quantity_flag::unit_inexact},
    {"立方米", 1, 1, quantity_flag::volume, true},
    {"立方", 1, 1, quantity_flag::volume, true},
    {"m³", 1, 1, quantity_flag::volume, true},
    {"m3", 1, 1, quantity_flag::volume, true},
});
constexpr auto kHeaderUnits = std::to_array<UnitWord>({
    {"万亩", 20'000'000},
    {"千亩", 2'000'000},
    {"亩", 2'000},
    {"万公顷", 300'000'000},
    {"公顷", 30'000},
    {"平方公里", 3'000'000},
    {"平方千米", 3'000'000},
    {"万平方米", 30'000},
    {"平方米", 3},
    {"万m²", 30'000},
    {"km²", 3'000'000},
    {"hm²", 30'000},
    {"m²", 3},
    {"m2", 3},
    {"ha", 30'000},
    {"万平米", 30'000},
    {"平米", 3},
    {"平方", 3},
});

class AreaGrammar final : public Grammar {
 public:
  explicit AreaGrammar(bool floor_expected) : floor_expected_(floor_expected) {}

  std::optional<Value> value_at(std::string_view text, std::size_t at, std::size_t clause) override {
    const std::optional<Number> number = scan_number(text, at, LatinUnits::none);
    if (!number) return std::nullopt;
    Value value;
    value.number = *number;
    if (number->open_tail) value.number.invalid = true;
    std::size_t next = skip_spaces(text, number->end);
    const bool bracket = next < text.size() && text[next] == '(';
    const UnitWord* unit =
        unit_at(text, bracket ? next + 1 : next,
                bracket ? std::span<const UnitWord>(kHeaderUnits) : std::span<const UnitWord>(kUnits));
    if (bracket && unit != nullptr) {
      const std::size_t close = next + 1 + unit->word.size();
      if (close >= text.size() || text[close] != ')') unit = nullptr;
    }
    if (unit == nullptr) return short_unit(text, next, clause, value);
    value.has_unit = true;
    value.named = true;
    value.unit = unit->word;
    value.factor = unit->factor;
    value.divisor = unit->divisor;
    value.flag = unit->flag;
    value.worthless = unit->worthless;
    value.approximate = unit->flag == quantity_flag::unit_inexact;
    value.end = next + unit->word.size() + (bracket ? 2 : 0);
    if (unit->factor == 2'000) tenths(text, value);
    after_unit(text, value);
    return value;
  }

 private:
  /// 方 and 平 are said of floors; after earth, timber or water 方 is a volume.
  std::optional<Value> short_unit(std::string_view text, std::size_t at, std::size_t clause,
                                  Value value) const {
    if (stands_at(text, at, "方") || (stands_at(text, at, "平") && !stands_at(text, at, "平均"))) {
      const bool square = stands_at(text, at, "平");
      const std::string_view words = text.substr(clause, at - clause);
      value.has_unit = true;
      value.named = true;
      value.unit = square ? "平" : "方";
      value.factor = 3;
      value.end = at + 3;
      const bool solid = contains_any(words, {"土", "木", "水", "蓄积", "砂", "石", "沙", "容"}) ||
                         stands_at(text, value.end, "土") || stands_at(text, value.end, "木") ||
                         stands_at(text, value.end, "水");
      const bool floor = floor_expected_ || contains_any(words, {"面积", "建筑", "厂房"});
      if (!square && (solid || !floor)) {
        value.flag = solid ? quantity_flag::volume : quantity_flag::unit_unknown;
        value.worthless = true;
      }
      after_unit(text, value);
      return value;
    }
    value.end = value.number.end;
    const Character c = character_at(text, at);
    const bool ends = c.length == 0 || separator_at(text, at) != 0 || connector_at(text, at) != 0 ||
                      (c.code < 0x80 && !letter_at(text, at) && c.code != '%' && c.code != '.');
    bool bound = false;
    for (const std::string_view word : {"以上", "以下", "以内", "及以", "左右", "余", "多"}) {
      bound = bound || stands_at(text, at, word);
    }
    if (!ends && !bound) return std::nullopt;
    return value;
  }

  /// 2亩3分: a 分 of land is a tenth of a 亩, a 厘 a hundredth.
  static void tenths(std::string_view text, Value& value) {
    std::int64_t worth = 200;
    for (const std::string_view word : {"分", "厘"}) {
      const std::optional<Number> part = scan_number(text, value.end, LatinUnits::none);
      if (part && part->plain && stands_at(text, part->end, word)) {
        Decimal more = part->value;
        if (!multiply(more, worth) || !add(value.extra, more)) value.number.overflow = true;
        value.end = part->end + 3;
        if (stands_at(text, value.end, "地")) value.end += 3;
      }
      worth = 20;
    }
    if (stands_at(text, value.end, "半")) {
      value.extra = {1'000, 0};
      value.end += 3;
    }
  }

  static void after_unit(std::string_view text, Value& value) {
    if (stands_at(text, value.end, "级")) value.number.fuzzy = true;
    if (stands_at(text, value.end, "余") || stands_at(text, value.end, "多")) {
      value.number.more = true;
      value.end += 3;
    }
  }

  bool floor_expected_;
};

/// The kind of ground a label or header speaks of, or nothing.
std::string_view ground(std::string_view words) {
  for (const std::string_view word :
       {"建筑", "占地", "用地", "种植", "林地", "耕地", "养殖", "绿化", "流转", "厂房"}) {
    if (contains(words, word)) return word == "占地" ? std::string_view("用地") : word;
  }
  return {};
}

void read_area(Quantity& quantity, std::string_view text, const QuantityContext& context) {
  const FoundUnit found = find_unit(QuantityKind::area, context);
  AreaGrammar grammar(contains_any(context.header, {"面积", "建筑", "厂房"}));
  Terms cell = scan_terms(text, grammar);
  if (cell.terms.empty()) return refuse(quantity, quantity_flag::unreadable);
  borrow_unit(cell, found);
  quantity.unit_from.assign(cell.terms.front().first.borrowed ? found.from : "cell");
  if (merge_bounds(cell, grammar, Rounding::allowed, quantity)) return;
  quantity.unit_from.clear();

  std::vector<std::size_t> own;
  const std::string_view wanted = ground(context.header);
  bool joined = false;
  for (std::size_t i = 0; i < cell.terms.size(); ++i) {
    joined = joined || cell.terms[i].joined;
    if (cell.terms[i].in_brackets && i != 0) continue;
    own.push_back(i);
  }
  if (own.size() > 1 && !joined) {
    std::vector<std::size_t> matching;
    for (const std::size_t i : own) {
      if (!wanted.empty() && ground(cell.terms[i].label) == wanted) matching.push_back(i);
    }
    const bool first_is_total =
        matching.empty() &&
        std::all_of(own.begin() + 1, own.end(),
                    [&](std::size_t i) { return !cell.terms[i].label.empty(); }) &&
        (cell.terms[own.front()].label.empty() || contains(cell.terms[own.front()].label, "总面积"));
    if (matching.size() == 1) own = matching;
    if (first_is_total) own.resize(1);
  }
  if (cell.terms.size() > 1 || cell.rest_attached) raise(quantity, quantity_flag::composition);
  if (cell.rest_apart) raise(quantity, quantity_flag::remark);
  if (own.size() != 1 || joined) {
    list_parts(quantity, cell, kNoMain, Rounding::allowed);
    return refuse(quantity, quantity_flag::multiple_values);
  }
  settle(quantity, cell, own.front(), found, Rounding::allowed);
  list_parts(quantity, cell, own.front(), Rounding::allowed);
}

}  // namespace

std::vector<Unit> area_units_named(std::string_view header) { return units_named(header, kHeaderUnits); }

}  // namespace detail

Quantity parse_area(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::area, text);
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (settle_wordless(quantity, folded)) return quantity;
  read_area(quantity, folded, context);
  if (quantity.has_value && quantity.has_flag(quantity_flag::negative))
    refuse(quantity, quantity_flag::unreadable);
  return quantity;
}

}  // namespace huoshui
