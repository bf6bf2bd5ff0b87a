#include <algorithm>
#include <array>
#include <normalise/detail/quantity.hpp>

namespace huoshui {
namespace detail {
namespace {

// Measure words that headers name; in a cell any word directly behind the number will do.
constexpr auto kMeasures = std::to_array<std::string_view>(
    {"户", "人",   "头",   "只", "羽",   "尾", "株", "棵", "个", "家", "件", "片",
     "吨", "米",   "台",   "套", "支",   "节", "栋", "座", "处", "辆", "艘", "架",
     "次", "千瓦", "公里", "斤", "公斤", "箱", "匹", "口", "倍", "年", "岁"});

class CountGrammar final : public Grammar {
 public:
  std::optional<Value> value_at(std::string_view text, std::size_t at, std::size_t /*clause*/) override {
    const std::optional<Number> number = scan_number(text, at, LatinUnits::none);
    if (!number) return std::nullopt;
    Value value;
    value.number = *number;
    value.end = number->end;
    value.has_unit = true;
    value.factor = 1;
    if (number->open_tail && number->plain) value.number.invalid = true;
    const std::size_t begin = skip_spaces(text, number->end);
    std::size_t end = begin;
    while (end < text.size()) {
      const Character c = character_at(text, end);
      const bool word = c.code >= 0x80 || letter_at(text, end) || c.code == '%';
      if (!word || c.code > 0x10FFFF || separator_at(text, end) != 0 || connector_at(text, end) != 0) break;
      bool bound = false;
      for (const std::string_view stop : {"以上", "以下", "以内", "左右", "上下", "余", "多", "及以", "起",
                                          "内", "每", "以外", "之内", "封顶", "级"}) {
        bound = bound || stands_at(text, end, stop);
      }
      if (bound || chinese_digit(c.code) >= 0) break;
      end += c.length;
    }
    if (end - begin > 18) return std::nullopt;  // a sentence, no measure word
    value.named = end != begin;
    value.unit = text.substr(begin, end - begin);
    if (value.named) value.end = end;
    if (contains(value.unit, "元") || contains(value.unit, "%")) return std::nullopt;
    if (stands_at(text, value.end, "级")) value.number.fuzzy = true;
    return value;
  }

  void share(Value& first, const Value& second) const override { Grammar::share(first, second); }
};

}  // namespace

std::vector<Unit> count_units_named(std::string_view header) {
  std::vector<Unit> units;
  for (const std::string_view measure : kMeasures) {
    for (std::size_t at = header.find(measure); at != std::string_view::npos;
         at = header.find(measure, at + measure.size())) {
      const std::size_t end = at + measure.size();
      if (end < header.size() && header[end] != ')' && header[end] != '\n' && header[end] != '/') continue;
      if (at > 0 && header[at - 1] == '(') units.push_back({measure, 1, Currency::cny});
      if (at > 3 && header[at - 4] == '(') {
        if (stands_at(header, at - 3, "万")) units.push_back({measure, 10'000, Currency::cny});
        if (stands_at(header, at - 3, "千")) units.push_back({measure, 1'000, Currency::cny});
        if (stands_at(header, at - 3, "百")) units.push_back({measure, 100, Currency::cny});
      }
    }
  }
  return units;
}

}  // namespace detail

Quantity parse_count(std::string_view text, const QuantityContext& context) {
  using namespace detail;
  Quantity quantity = begin_quantity(QuantityKind::count, text);
  if (quantity.has_flag(quantity_flag::too_long)) return quantity;
  const std::string folded = fold(text);
  if (settle_wordless(quantity, folded)) return quantity;
  CountGrammar grammar;
  Terms cell = scan_terms(folded, grammar);
  if (cell.terms.empty()) {
    refuse(quantity, quantity_flag::unreadable);
    return quantity;
  }
  FoundUnit found = find_unit(QuantityKind::count, context);
  for (Term& term : cell.terms) {
    for (Value* value : {&term.first, term.second ? &*term.second : nullptr}) {
      if (value == nullptr || value->named || !found.unit) continue;
      value->borrowed = true;
      value->unit = found.unit->word;
      // 3.5万 under （万头） already says 万 itself.
      value->factor = value->number.big ? 1 : found.unit->factor;
    }
    if (term.second && !term.first.named && term.second->named) {
      term.first.has_unit = false;
      term.first.factor = 0;
      term.first.borrowed = false;
      grammar.share(term.first, *term.second);
    }
  }
  if (found.conflict && !cell.terms.front().first.named) {
    quantity.bare = to_string(cell.terms.front().first.number.value);
    refuse(quantity, quantity_flag::unit_conflict);
    return quantity;
  }
  if (merge_bounds(cell, grammar, Rounding::allowed, quantity)) return quantity;
  std::size_t outside = 0;
  for (const Term& term : cell.terms) outside += term.in_brackets ? 0 : 1;
  if (cell.rest_apart) raise(quantity, quantity_flag::remark);
  if (cell.terms.size() > 1 || cell.rest_attached) raise(quantity, quantity_flag::composition);
  if (outside > 1 || cell.terms.front().in_brackets) {
    list_parts(quantity, cell, kNoMain, Rounding::allowed);
    refuse(quantity, quantity_flag::multiple_values);
    return quantity;
  }
  settle(quantity, cell, 0, found, Rounding::allowed);
  list_parts(quantity, cell, 0, Rounding::allowed);
  if (quantity.has_value && cell.rest_attached) refuse(quantity, quantity_flag::composition);
  return quantity;
}

}  // namespace huoshui
