/// Room supply_chain. A Chain is a graph of parties, the claims between them and the bundles that are given
/// credit as one. Law: valid at birth: ids are unique and known, amounts are not negative and their sum fits;
/// parties, claims and bundles stand in order of their id's bytes, so the order of input never shows.
/// Example: `Chain::build({anchor, supplier}, {receivable}).value().claims()`.
#pragma once

#include <cstdint>
#include <huoshui/core/date.hpp>
#include <huoshui/core/result.hpp>
#include <huoshui/domain/condition.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace huoshui::supply_chain {

/// What a party is in the chain: 核心企业, 供应商, 基地, 合作社, 农户.
enum class Role : std::uint8_t { anchor, supplier, base, cooperative, household };
[[nodiscard]] std::string_view to_string(Role role);

/// What a buyer is in the eyes of the payment rules.
enum class BuyerKind : std::uint8_t { unknown, government, public_institution, large_enterprise, other };
[[nodiscard]] std::string_view to_string(BuyerKind kind);

/// Somebody who owes, holds a claim, or borrows. Amounts are fen.
struct Party {
  std::string id, name;
  Role role = Role::supplier;
  BuyerKind buyer_kind = BuyerKind::unknown;
  std::string group;  ///< connected group; empty: not known
  /// Of an anchor: the most that may hang on it over all borrowers. Absent: not tested.
  std::optional<std::int64_t> exposure_limit;
  std::int64_t exposure_used = 0;              ///< what hangs on it already
  std::optional<std::int64_t> borrower_limit;  ///< the most this party may borrow. Absent: not tested
  std::int64_t borrowed = 0;                   ///< what it owes the lender already
  std::optional<std::int64_t> asked;           ///< what it asks for; absent: as much as there is
  std::int64_t weight = 0;                     ///< its share in a bundle: 亩 or head; 0: not known

  bool operator==(const Party&) const = default;
};

enum class ClaimKind : std::uint8_t {
  receivable,  ///< 应收账款
  e_voucher,   ///< 应收账款电子凭证
  bill,        ///< 商业汇票
  order,       ///< 订单: goods not yet delivered
  stock,       ///< 存货、仓单: nobody owes; `amount` is the value
};
inline constexpr std::size_t kClaimKindCount = 5;
[[nodiscard]] std::string_view to_string(ClaimKind kind);

/// What a holder has against a buyer, or in a warehouse. Absent is not zero and not no.
struct Claim {
  std::string id;
  ClaimKind kind = ClaimKind::receivable;
  std::string holder;                  ///< a party's id; it borrows
  std::string buyer;                   ///< a party's id; empty for stock
  std::optional<std::int64_t> amount;  ///< fen
  std::int64_t financed = 0;           ///< of it, financed already by this lender
  std::optional<Date> contract_day;    ///< of the sale
  std::optional<Date> issue_day;       ///< of a voucher or bill
  std::optional<Date> delivery_day;    ///< acceptance when it is agreed, else delivery
  std::optional<Date> due_day;         ///< the buyer pays; stock: the storage ends
  Truth confirmed = Truth::unknown;    ///< 债务人确认
  Truth registered = Truth::unknown;   ///< 动产融资统一登记
  Truth related = Truth::unknown;      ///< holder and buyer are related, beyond what `Party::group` says
  Truth disputed = Truth::unknown;
  Truth pledged_elsewhere = Truth::unknown;
  Truth locked_account = Truth::unknown;   ///< the buyer pays into a locked account
  Truth budget_evidence = Truth::unknown;  ///< of a government buyer
  Truth pay_when_paid = Truth::unknown;    ///< 背靠背 clause
  Truth custody = Truth::unknown;          ///< stock: supervised by a third party and insured
  /// Numbers of contracts, invoices, vouchers, receipts. Two claims that share one are the same asset.
  std::vector<std::string> documents;

  bool operator==(const Claim&) const = default;
};

/// What stands behind the credit of a bundle.
enum class Backing : std::uint8_t {
  claims,  ///< each member's own claims
  lead,    ///< the limit of the leading party
  credit,  ///< the approved total alone (整村、整链授信)
};
[[nodiscard]] std::string_view to_string(Backing backing);

/// Parties that are given credit as one and share it by weight.
struct Bundle {
  std::string id, name;
  std::string lead;  ///< a party's id; needed for Backing::lead
  std::vector<std::string> members;
  Backing backing = Backing::claims;
  std::optional<std::int64_t> total;       ///< fen over all members. Absent: not tested
  std::optional<std::int64_t> per_member;  ///< fen for one member. Absent: not tested

  bool operator==(const Bundle&) const = default;
};

inline constexpr std::uint32_t kNoRow = 0xFFFFFFFFU;

/// Parties, claims and bundles that fit together. Immutable; rows are dense and never printed.
class Chain {
 public:
  /// Sort and check. Errors name every fault: duplicate_id, unknown_word (a party that is not there),
  /// contradictory_terms (a buyer of stock, a missing lead, a member of two bundles), unreadable_value
  /// (negative amounts, or more than fits).
  [[nodiscard]] static Result<Chain> build(std::vector<Party> parties, std::vector<Claim> claims,
                                           std::vector<Bundle> bundles = {});

  [[nodiscard]] std::span<const Party> parties() const { return parties_; }
  [[nodiscard]] std::span<const Claim> claims() const { return claims_; }
  [[nodiscard]] std::span<const Bundle> bundles() const { return bundles_; }
  /// Return the party's row of a claim's holder, buyer (kNoRow when none is named) and a party's bundle.
  [[nodiscard]] std::uint32_t holder_of(std::size_t claim) const { return holder_[claim]; }
  [[nodiscard]] std::uint32_t buyer_of(std::size_t claim) const { return buyer_[claim]; }
  [[nodiscard]] std::uint32_t bundle_of(std::size_t party) const { return bundle_[party]; }
  /// Return the row of a party or claim, kNoRow when the id is not there.
  [[nodiscard]] std::uint32_t party_row(std::string_view id) const;
  [[nodiscard]] std::uint32_t claim_row(std::string_view id) const;

 private:
  Chain() = default;
  std::vector<Party> parties_;
  std::vector<Claim> claims_;
  std::vector<Bundle> bundles_;
  std::vector<std::uint32_t> holder_, buyer_, bundle_;
};

}  // namespace huoshui::supply_chain
