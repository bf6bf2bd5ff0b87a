#include <huoshui/policy/parameter.hpp>

#include "policy/detail/units.hpp"

namespace huoshui {
namespace {

using policy_detail::exact;
using policy_detail::unit_of;

std::optional<std::int64_t> in_base_units(const Parameter& p, ParameterKind kind) {
  const auto unit = unit_of(p.unit);
  if (!unit || unit->kind != kind) return std::nullopt;
  return exact(p.value, unit->base);
}

}  // namespace

std::string_view to_string(ActsAs acts_as) {
  switch (acts_as) {
    case ActsAs::gate:
      return "gate";
    case ActsAs::cap:
      return "cap";
    case ActsAs::advice:
      return "advice";
    case ActsAs::preference:
      return "preference";
    case ActsAs::formula:
      return "formula";
    case ActsAs::classification:
      return "class";
    case ActsAs::process:
      return "process";
    case ActsAs::haircut:
      return "haircut";
    case ActsAs::monitor:
      return "monitor";
    case ActsAs::target:
      return "target";
    case ActsAs::reference:
      return "reference";
    case ActsAs::info:
      return "info";
    case ActsAs::gap:
      return "gap";
  }
  return "";
}

std::string_view to_string(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::money:
      return "money";
    case ParameterKind::months:
      return "months";
    case ParameterKind::days:
      return "days";
    case ParameterKind::ratio:
      return "ratio";
    case ParameterKind::number:
      return "number";
    case ParameterKind::boolean:
      return "boolean";
    case ParameterKind::date:
      return "date";
    case ParameterKind::range:
      return "range";
    case ParameterKind::text:
      return "text";
  }
  return "";
}

ParameterKind Parameter::kind() const {
  const auto known = unit_of(unit);
  return known ? known->kind : ParameterKind::text;
}

std::optional<std::int64_t> Parameter::fen() const { return in_base_units(*this, ParameterKind::money); }
std::optional<std::int64_t> Parameter::months() const { return in_base_units(*this, ParameterKind::months); }
std::optional<std::int64_t> Parameter::days() const { return in_base_units(*this, ParameterKind::days); }

std::optional<std::int64_t> Parameter::millionths() const {
  const auto ratio = in_base_units(*this, ParameterKind::ratio);
  return ratio ? ratio : in_base_units(*this, ParameterKind::number);
}

std::optional<std::int64_t> Parameter::count() const {
  const auto number = in_base_units(*this, ParameterKind::number);
  if (!number || *number % policy_detail::kMillion != 0) return std::nullopt;
  return *number / policy_detail::kMillion;
}

std::optional<bool> Parameter::boolean() const {
  if (kind() != ParameterKind::boolean) return std::nullopt;
  return value == "true";
}

std::optional<Date> Parameter::date() const {
  if (kind() != ParameterKind::date) return std::nullopt;
  const auto day = parse_date(value);
  if (!day) return std::nullopt;
  return *day;
}

std::optional<Interval> Parameter::range() const {
  const auto known = unit_of(unit);
  if (!known || known->kind != ParameterKind::range) return std::nullopt;
  return policy_detail::exact_range(value, known->base);
}

Citation Parameter::citation() const {
  return {instrument_name, document, clause, key, from ? to_string(*from) : std::string()};
}

}  // namespace huoshui
