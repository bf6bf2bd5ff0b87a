/// Room structure. A Package (综合金融服务方案) is a small complete set for one project: main credit, and for
/// each gap that is open what closes it. Law: every member closes a gap that is not known to be closed; the
/// whole stays within need, total investment and the fund's share of the capital; two packages differ in
/// their main credit or in how capital or security is closed. Example: `packages(prepared,
/// catalogue).front().members.front().closes == Gap::credit`.
#pragma once

#include <huoshui/structure/structure.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui {

/// What a project can be short of. The enumerators are the words printed in JSON.
enum class Gap : std::uint8_t {
  credit,    ///< the money asked for
  capital,   ///< own capital under the minimum of the trade
  security,  ///< what the lender wants behind its loan
  risk,      ///< crops, animals or forest that are not insured
  cost,      ///< interest that public money pays back: closed by benefits, never by a member
};
[[nodiscard]] std::string_view to_string(Gap gap);

/// How one gap stands before anything closes it.
struct GapReading {
  Gap gap{};
  Truth open = Truth::unknown;             ///< unknown: the list does not settle it
  std::optional<std::int64_t> amount_fen;  ///< of credit and capital, when known
  Phrase why;

  bool operator==(const GapReading&) const = default;
};

struct Member {
  ProductRow product{};
  Gap closes = Gap::credit;
  Verdict verdict = Verdict::permitted;    ///< permitted, or undecided: facts are missing
  bool conditional = false;                ///< its gap is not settled: for the case that it is open
  std::optional<std::int64_t> amount_fen;  ///< of credit and capital; absent: cannot be settled
  Interval rate;                           ///< millionths a year, as disclosed; unbounded: 未披露
  std::optional<std::int64_t> approval_days;
  Phrase why;

  bool operator==(const Member&) const = default;
};

struct Package {
  std::vector<Member> members;  ///< main credit first, then by gap
  std::vector<GapReading> gaps;
  std::vector<Benefit> benefits;           ///< of the main credit
  std::optional<std::int64_t> credit_fen;  ///< over the credit members; absent when one cannot be settled
  /// What the owner must bring at least, in fen: what the trade's minimum leaves, and what no member pays
  /// for. Absent when the list gives no total investment or the credit is not settled.
  std::optional<std::int64_t> own_funds_fen;
  /// What the credit costs a year in fen at the disclosed rates, less the benefits that apply. Absent:
  /// 未披露.
  std::optional<Interval> yearly_cost_fen;
  std::optional<Interval> rate;      ///< the same over the credit, millionths a year, rounded outwards
  std::optional<std::int64_t> days;  ///< to the money: the longest approval; absent when one is undisclosed
  bool on_illustration = false;      ///< a number of it is an invented example (示例)
  std::vector<Phrase> undisclosed;   ///< terms that the handbook leaves out, fees that the cost leaves out
  std::vector<Phrase> missing;       ///< facts that the list leaves out
  Phrase title;

  [[nodiscard]] const GapReading* find(Gap gap) const;
  bool operator==(const Package&) const = default;
};

struct PackageOptions {
  std::size_t k = 3;
  /// Kinds of asset that earlier projects of the list pledge: see refused_kinds.
  std::vector<std::string> refused_kinds;
};

/// Return up to k packages from all products that do not refuse the project, best first: main credits of
/// different instruments by verdict, points and id; the third may be the first with capital or security
/// closed otherwise. Empty for collections and when nothing is asked for. Judges every product once.
[[nodiscard]] std::vector<Package> packages(const PreparedProject& project, const Catalogue& catalogue,
                                            const StructureInputs& inputs = {},
                                            const PackageOptions& options = {});

/// A whole list on paper, with the packages of each project.
struct ListOnPaper {
  Structured offers;
  std::vector<std::vector<Package>> packages;  ///< by project
};

/// Put a list's offers on paper and make up to k packages for each project. Assets that the register refuses
/// are in no package. @throws ContractError as structure().
[[nodiscard]] ListOnPaper put_list_on_paper(const Answer& answer, std::span<const Project> projects,
                                            const Catalogue& catalogue, const StructureInputs& inputs = {},
                                            std::size_t k = 3);

/// Return the kinds of asset that a project of the list may not pledge, sorted.
[[nodiscard]] std::vector<std::string> refused_kinds(const Structured& list, std::size_t project);

}  // namespace huoshui
