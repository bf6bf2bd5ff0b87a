/// Bindings. Records cross as their fields: one list of names reads a Python object and writes a dict.
/// Law: the names are the words of the C++ struct, enums cross as their words, money, dates and ranges as
/// their Python forms; Python's records check what is given, so a mismatch here is a bug of ours. Example:
/// `template <> struct Fields<Draw> { … visit("month", draw.month); … }`.
#pragma once

#include <huoshui/core/code.hpp>
#include <huoshui/core/date.hpp>
#include <huoshui/core/interval.hpp>
#include <huoshui/core/money.hpp>
#include <huoshui/domain/condition.hpp>
#include <huoshui/domain/finding.hpp>

#include "held.hpp"

namespace huoshui::bindings {

/// Specialised for each record: `visit(record, v)` calls `v(name, member)` for every field.
template <typename T>
struct Fields;

/// Specialised for each enum: its last enumerator, and the word of each.
template <typename E>
struct Words;

template <auto Last>
struct WordsTo {
  static constexpr auto kLast = Last;
  static std::string_view word(decltype(Last) e) { return to_string(e); }
};

template <typename T>
concept Record = requires {
  &Fields<T>::kIsRecord;
};

template <typename E>
concept Worded = requires {
  Words<E>::kLast;
};

struct FromObject {
  py::handle object;
  template <typename T>
  void operator()(const char* name, T& to) const {
    try {
      to = object.attr(name).cast<T>();
    } catch (const py::cast_error&) {  // Python's numbers have no bound
      throw ContractError(std::string(name) + ": the value does not fit");
    }
  }
};

struct ToDict {
  py::dict& out;
  template <typename T>
  void operator()(const char* name, const T& from) const {
    out[name] = py::cast(from);
  }
};

template <>
struct Words<Strength> : WordsTo<Strength::prefer> {};

template <>
struct Words<Standing> : WordsTo<Standing::not_tested> {};

template <>
struct Words<Measure> : WordsTo<Measure::square_metres> {};

template <>
struct Fields<Citation> {
  static constexpr bool kIsRecord = true;
  static void visit(Citation& x, const auto& v) {
    v("source", x.source);
    v("document", x.document);
    v("clause", x.clause);
    v("key", x.key);
    v("effective_from", x.effective_from);
  }
};

template <>
struct Fields<Finding> {
  static constexpr bool kIsRecord = true;
  static void visit(Finding& x, const auto& v) {
    v("rule", x.rule);
    v("subject", x.subject);
    v("standing", x.standing);
    v("strength", x.strength);
    v("measure", x.measure);
    v("seen", x.seen);
    v("limit", x.limit);
    v("citation", x.citation);
    v("text_zh", x.text_zh);
    v("text_en", x.text_en);
  }
};

}  // namespace huoshui::bindings

namespace pybind11::detail {

template <huoshui::bindings::Record T>
class type_caster<T> {
 public:
  PYBIND11_TYPE_CASTER(T, const_name("object"));
  bool load(handle from, bool /*convert*/) {
    huoshui::bindings::Fields<T>::visit(value, huoshui::bindings::FromObject{from});
    return true;
  }
  static handle cast(const T& from, return_value_policy /*policy*/, handle /*parent*/) {
    dict out;
    huoshui::bindings::Fields<T>::visit(const_cast<T&>(from), huoshui::bindings::ToDict{out});  // read only
    return out.release();
  }
};

template <huoshui::bindings::Worded E>
class type_caster<E> {
 public:
  PYBIND11_TYPE_CASTER(E, const_name("str"));
  bool load(handle from, bool /*convert*/) {
    const auto word = from.cast<std::string>();
    for (int n = 0; n <= static_cast<int>(huoshui::bindings::Words<E>::kLast); ++n) {
      if (huoshui::bindings::Words<E>::word(static_cast<E>(n)) != word) continue;
      value = static_cast<E>(n);
      return true;
    }
    return false;
  }
  static handle cast(E from, return_value_policy /*policy*/, handle /*parent*/) {
    return pybind11::str(std::string(huoshui::bindings::Words<E>::word(from))).release();
  }
};

template <>
class type_caster<huoshui::Money> {
 public:
  PYBIND11_TYPE_CASTER(huoshui::Money, const_name("Money"));
  bool load(handle from, bool /*convert*/) {
    value = huoshui::Money::from_fen(from.attr("fen").cast<std::int64_t>());
    return true;
  }
  static handle cast(const huoshui::Money& from, return_value_policy /*policy*/, handle /*parent*/) {
    return module_::import("huoshui.money").attr("Money")(from.fen).release();
  }
};

template <>
class type_caster<huoshui::Interval> {
 public:
  PYBIND11_TYPE_CASTER(huoshui::Interval, const_name("tuple[int, int]"));
  bool load(handle from, bool /*convert*/) {
    const auto ends = from.cast<std::pair<std::int64_t, std::int64_t>>();
    value = {ends.first, ends.second};
    return true;
  }
  static handle cast(const huoshui::Interval& from, return_value_policy /*policy*/, handle /*parent*/) {
    return make_tuple(from.min, from.max).release();
  }
};

template <>
class type_caster<huoshui::Date> {
 public:
  PYBIND11_TYPE_CASTER(huoshui::Date, const_name("datetime.date"));
  bool load(handle from, bool /*convert*/) {
    value = huoshui::Date{std::chrono::year{from.attr("year").cast<int>()},
                          std::chrono::month{from.attr("month").cast<unsigned>()},
                          std::chrono::day{from.attr("day").cast<unsigned>()}};
    return true;
  }
  static handle cast(const huoshui::Date& from, return_value_policy /*policy*/, handle /*parent*/) {
    return module_::import("datetime")
        .attr("date")(static_cast<int>(from.year()), static_cast<unsigned>(from.month()),
                      static_cast<unsigned>(from.day()))
        .release();
  }
};

template <>
class type_caster<huoshui::Code> {
 public:
  PYBIND11_TYPE_CASTER(huoshui::Code, const_name("str"));
  bool load(handle from, bool /*convert*/) {
    value = huoshui::Code(from.cast<std::string>());
    return true;
  }
  static handle cast(const huoshui::Code& from, return_value_policy /*policy*/, handle /*parent*/) {
    return pybind11::str(from.text()).release();
  }
};

/// Yes, no and unknown are True, False and None.
template <>
class type_caster<huoshui::Truth> {
 public:
  PYBIND11_TYPE_CASTER(huoshui::Truth, const_name("bool | None"));
  bool load(handle from, bool /*convert*/) {
    value = from.is_none()      ? huoshui::Truth::unknown
            : from.cast<bool>() ? huoshui::Truth::yes
                                : huoshui::Truth::no;
    return true;
  }
  static handle cast(huoshui::Truth from, return_value_policy /*policy*/, handle /*parent*/) {
    if (from == huoshui::Truth::unknown) return none().release();
    return bool_(from == huoshui::Truth::yes).release();
  }
};

}  // namespace pybind11::detail
