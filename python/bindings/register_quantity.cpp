#include <algorithm>
#include <huoshui/normalise/condition.hpp>
#include <huoshui/normalise/quantity.hpp>

#include "held.hpp"

namespace huoshui::bindings {
namespace {

QuantityKind quantity_kind(std::string_view word) {
  for (const auto kind : {QuantityKind::money, QuantityKind::tenor, QuantityKind::area, QuantityKind::rate,
                          QuantityKind::date, QuantityKind::count}) {
    if (to_string(kind) == word) return kind;
  }
  throw ContractError("no such kind of quantity: " + std::string(word));
}

QuantityContext::Role role_of(std::string_view word) {
  if (word == "any") return QuantityContext::Role::any;
  if (word == "start") return QuantityContext::Role::start;
  if (word == "end") return QuantityContext::Role::end;
  if (word == "need") return QuantityContext::Role::need;
  throw ContractError("role must be any, start, end or need, not \"" + std::string(word) + "\"");
}

py::dict read_quantity(std::string_view kind, std::string_view text, std::string_view header,
                       std::string_view sub_header, std::string_view sheet_note, std::string_view role) {
  const Quantity q = parse_quantity(
      quantity_kind(kind), text,
      {.header = header, .sub_header = sub_header, .sheet_note = sheet_note, .role = role_of(role)});
  py::list parts;
  for (const auto& part : q.parts) parts.append(py::make_tuple(part.label, ends_of(part.range)));
  py::dict out;
  out["range"] = ends_of(q.range);
  out["has_value"] = q.has_value;
  out["approximate"] = q.approximate;
  out["ambiguous"] = q.ambiguous;
  out["currency"] = to_string(q.currency);
  out["flags"] = q.flags;
  out["parts"] = parts;
  out["bare"] = q.bare;
  out["unit"] = q.unit;
  out["unit_from"] = q.unit_from;
  out["base"] = to_string(q.base);
  out["spread"] = ends_of(q.spread);
  out["multiplier"] = q.multiplier;
  out["days"] = q.days;
  out["grace_months"] = q.grace_months;
  out["reading"] = explain_reading(q);
  return out;
}

py::dict read_place(std::string_view text, std::string_view county, bool prose,
                    const Dictionaries& dictionaries) {
  PlaceHint hint;
  if (!county.empty() && county.find_first_not_of("0123456789") == std::string_view::npos)
    hint.county = Code(county);
  else
    hint.county_text = county;
  hint.kind = prose ? PlaceText::prose : PlaceText::place;
  const PlaceReading place = dictionaries.regions.find_place(text, hint);
  const auto own_name = [&](const Code& code) {
    const Region* region = dictionaries.regions.find(code);
    return region == nullptr ? std::string() : region->name;
  };
  py::list names, own_names;
  for (const auto& code : place.codes) {
    names.append(dictionaries.regions.name(code));
    own_names.append(own_name(code));
  }
  py::dict out;
  out["codes"] = texts_of(place.codes);
  out["own_names"] = own_names;
  out["town_own_name"] = own_name(Code(place.town_code));
  out["names"] = names;
  out["town_code"] = place.town_code;
  out["town_name"] = place.town_code.empty() ? "" : dictionaries.regions.name(Code(place.town_code));
  out["towns"] = texts_of(place.towns);
  out["zone"] = place.zone;
  out["zone_hosts"] = texts_of(place.zone_hosts);
  out["partner"] = place.partner;
  out["ambiguous"] = place.ambiguous;
  out["conflict"] = place.conflict;
  out["inherited"] = place.inherited;
  out["whole_country"] = place.whole_country;
  out["candidates"] = texts_of(place.candidates);
  out["basis"] = place.basis;
  out["rest"] = place.rest;
  return out;
}

py::dict read_codes(std::string_view kind, std::string_view text, const Dictionaries& dictionaries) {
  py::list codes, names, words;
  py::dict out;
  CodeList list = CodeList::none;
  if (kind == "industry") {
    list = CodeList::industry;
    const IndustryReading reading = read_industry(text, dictionaries);
    for (const auto& code : reading.codes) codes.append(code.text());
    for (const auto& word : reading.words) words.append(word);
    out["open"] = reading.open;
    out["basis"] = reading.basis;
    for (const auto& code : reading.codes) names.append(dictionaries.industries.name(code));
  } else if (kind == "category") {
    list = CodeList::measure;
    const MeasureReading reading = read_measures(text, "", "", "", dictionaries);
    for (const auto& vote : reading.votes) {
      codes.append(vote.measure.text());
      names.append(dictionaries.name_zh(list, vote.measure));
      words.append(vote.word);
    }
    out["basis"] = reading.basis;
  } else if (kind == "borrower") {
    list = CodeList::borrower;
    BorrowerReading reading = infer_borrower("", text, dictionaries);
    if (reading.codes.empty()) reading = infer_borrower(text, "", dictionaries);
    for (const auto& code : reading.codes) {
      codes.append(code.text());
      names.append(dictionaries.name_zh(list, code));
    }
    out["open"] = reading.open;
    out["origin"] = to_string(reading.origin);
    out["basis"] = reading.basis;
  } else if (kind == "security") {
    list = CodeList::security;
    std::vector<std::string> seen;
    std::string basis;
    for (const auto& hit : dictionaries.securities.find_all(text)) {
      words.append(hit.word);
      basis += (basis.empty() ? "" : "、") + hit.word;
      for (const auto& code : hit.codes) {
        if (std::find(seen.begin(), seen.end(), code.text()) != seen.end()) continue;
        seen.push_back(code.text());
        codes.append(code.text());
        names.append(dictionaries.name_zh(list, code));
      }
    }
    out["basis"] = basis;
  } else {
    throw ContractError("no such code list: " + std::string(kind));
  }
  out["codes"] = codes;
  out["names"] = names;
  out["words"] = words;
  return out;
}

py::dict read_condition(std::string_view text, const Dictionaries& dictionaries) {
  const Condition condition = parse_condition(text, dictionaries).value();
  std::vector<std::string> keys;
  for (const FactKey key : keys_of(condition)) keys.emplace_back(to_string(key));
  py::dict out;
  out["fields"] = keys;
  out["reading"] = condition_text(condition, Facts{}, Language::zh);
  out["reading_en"] = condition_text(condition, Facts{}, Language::en);
  return out;
}

}  // namespace

void register_quantity(py::module_& m) {
  m.def("read_quantity", &read_quantity, py::arg("kind"), py::arg("text"), py::kw_only(),
        py::arg("header") = "", py::arg("sub_header") = "", py::arg("sheet_note") = "",
        py::arg("role") = "any", "Read one cell as a quantity.");
  m.def("read_place", &read_place, py::arg("text"), py::arg("county"), py::arg("prose"),
        py::arg("dictionaries"), "Read the words of a place.");
  m.def("read_codes", &read_codes, py::arg("kind"), py::arg("text"), py::arg("dictionaries"),
        "Read a cell as entries of a code list.");
  m.def("read_condition", &read_condition, py::arg("text"), py::arg("dictionaries"),
        "Read one condition of a handbook.");
}

}  // namespace huoshui::bindings
