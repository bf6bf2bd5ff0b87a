/// Room core. Result<T> is the answer of a call that may be impossible as a whole; two manners on one type.
/// Law: exactly one of value and issue is present; `.value()` throws Failure, `.has_value()` asks first.
/// Example: `const auto money = parse_money("120万元"); if (!money) return money.error();`
#pragma once

#include <huoshui/core/issue.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace huoshui {

/// Thrown by Result::value() when the call could not be done.
class Failure : public std::runtime_error {
 public:
  explicit Failure(Issue issue) : std::runtime_error(issue.message), issues_{std::move(issue)} {}
  explicit Failure(std::vector<Issue> issues)
      : std::runtime_error(issues.empty() ? "failure" : issues.front().message), issues_(std::move(issues)) {}
  [[nodiscard]] const Issue& issue() const { return issues_.front(); }
  [[nodiscard]] const std::vector<Issue>& issues() const { return issues_; }

 private:
  std::vector<Issue> issues_;
};

/// Thrown at a public door when the caller broke the contract of the call.
class ContractError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Hold a T, or the issues that prevented it.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Issue issue)
      : state_(std::vector<Issue>{std::move(issue)}) {}             // NOLINT(google-explicit-constructor)
  Result(std::vector<Issue> issues) : state_(std::move(issues)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const T& value() const& {
    if (!has_value()) throw Failure(errors());
    return std::get<T>(state_);
  }
  [[nodiscard]] T value() && {
    if (!has_value()) throw Failure(errors());
    return std::get<T>(std::move(state_));
  }
  const T& operator*() const { return std::get<T>(state_); }
  const T* operator->() const { return &std::get<T>(state_); }
  /// @pre !has_value()
  [[nodiscard]] const Issue& error() const { return errors().front(); }
  [[nodiscard]] const std::vector<Issue>& errors() const { return std::get<std::vector<Issue>>(state_); }

 private:
  std::variant<T, std::vector<Issue>> state_;
};

}  // namespace huoshui
