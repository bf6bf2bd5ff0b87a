/// Forward declarations: every public name of huoshui once, for headers that only point at a type.
/// Law: one line for each class, struct and enum of the rooms, in the order of the rooms; aliases (Date,
/// ProductList) need their own header. `tests/architecture` compares this list with the headers.
#pragma once

#include <cstdint>

namespace huoshui {

// core
class Code;
struct Interval;
struct Place;
enum class IssueCode : std::uint8_t;
enum class Severity : std::uint8_t;
struct Issue;
template <typename T>
struct Loaded;
enum class Currency : std::uint8_t;
struct Money;
class Failure;
class ContractError;
template <typename T>
class Result;

// domain
enum class Truth : std::uint8_t;
enum class Comparison : std::uint8_t;
struct CodeTest;
struct Condition;
enum class Confidence : std::uint8_t;
enum class FactKey : std::uint8_t;
enum class FactKind : std::uint8_t;
enum class CodeList : std::uint8_t;
enum class SeveralCodes : std::uint8_t;
enum class Remedy : std::uint8_t;
struct FactInfo;
enum class Origin : std::uint8_t;
struct Fact;
class Facts;
enum class Instrument : std::uint8_t;
enum class InstrumentKind : std::uint8_t;
enum class LoanClass : std::uint8_t;
struct InstrumentInfo;
struct AffinityWord;
struct Affinity;
struct CodeTerm;
struct ProductCondition;
struct Product;
struct TextField;
struct Project;
enum class Strength : std::uint8_t;
enum class RuleTopic : std::uint8_t;
struct Citation;
struct Rule;
enum class Standing : std::uint8_t;
enum class Measure : std::uint8_t;
struct Finding;

// policy
enum class ActsAs : std::uint8_t;
enum class ParameterKind : std::uint8_t;
struct Parameter;
enum class LowConfidence : std::uint8_t;
struct PolicyOptions;
enum class Dormancy : std::uint8_t;
struct DormantSeries;
class Policy;
class PolicyPack;

// supply_chain
namespace supply_chain {
enum class Role : std::uint8_t;
enum class BuyerKind : std::uint8_t;
struct Party;
enum class ClaimKind : std::uint8_t;
struct Claim;
enum class Backing : std::uint8_t;
struct Bundle;
class Chain;
struct Shape;
struct Terms;
enum class Gate : std::uint8_t;
enum class GateOutcome : std::uint8_t;
struct GateRule;
enum class ClaimStanding : std::uint8_t;
enum class Supply : std::uint8_t;
struct ClaimReading;
enum class Cap : std::uint8_t;
struct Advance;
struct ClaimLine;
struct CarriedLimit;
struct PlanWork;
struct Plan;
enum class BreachKind : std::uint8_t;
struct Breach;
struct UnlockOptions;
struct Unlock;
struct Sentence;
}  // namespace supply_chain

// syndicate
namespace syndicate {
struct CapitalStack;
struct CapitalSources;
struct CapitalProposal;
enum class LenderKind : std::uint8_t;
enum class PublicDebt : std::uint8_t;
struct Institution;
struct TrancheAsk;
struct Deal;
enum class Decision : std::uint8_t;
struct ProposeOptions;
struct Room;
struct SoleLender;
struct Ranked;
struct Proof;
struct Shortage;
struct Proposal;
enum class Repayment : std::uint8_t;
struct RepaymentTerms;
struct Draw;
struct LoanTerms;
struct Instalment;
struct Schedule;
struct Subsidy;
struct YearCover;
enum class Role : std::uint8_t;
struct Tranche;
struct Holding;
struct Member;
struct Cost;
struct Structure;
struct CashFlows;
}  // namespace syndicate
// carbon
namespace carbon {
enum class Mechanism : std::uint8_t;
enum class Stage : std::uint8_t;
enum class PriceBasis : std::uint8_t;
struct PricePath;
struct RateStep;
struct Sink;
struct Stream;
struct SimulationOptions;
struct FanYear;
struct Simulation;
struct ProposeOptions;
enum class TonnesBasis : std::uint8_t;
struct Terms;
struct Proposal;
struct Line;
}  // namespace carbon

// rights
namespace rights {
enum class Right : std::uint8_t;
enum class PricedFor : std::uint8_t;
enum class Registry : std::uint8_t;
struct Asset;
struct Pledge;
enum class SharedKey : std::uint8_t;
struct DoublePledge;
struct ProposeOptions;
struct Terms;
struct Proposal;
struct Line;
}  // namespace rights

// read
struct CsvOptions;
enum class CellKind : std::uint8_t;
struct Cell;
struct MergedRange;
struct TableRow;
struct Sheet;
struct Table;

// normalise
class Dictionaries;
struct IndustryReading;
struct MeasureVote;
struct MeasureReading;
struct BorrowerReading;
struct HeaderText;
enum class HeaderStrength : std::uint8_t;
enum class HeaderConfidence : std::uint8_t;
struct HeaderWord;
struct HeaderMatch;
class HeaderWords;
class Industries;
struct AffinityRule;
struct Suggestion;
class InstrumentModel;
struct ColumnLayout;
enum class RowKind : std::uint8_t;
struct RowLayout;
struct SumRow;
struct FilledCell;
struct CellText;
struct SheetLayout;
struct RowCounts;
struct ProjectList;
enum class QuantityKind : std::uint8_t;
enum class RateBase : std::uint8_t;
struct Part;
struct Quantity;
struct QuantityContext;
struct Unit;
enum class RegionLevel : std::uint8_t;
struct Region;
enum class PlaceText : std::uint8_t;
struct PlaceHint;
struct PlaceReading;
class Regions;
struct WordHit;
class WordList;
class CodeWords;

// catalogue
enum class ProductRow : std::uint32_t;
class ProductView;
class Catalogue;
enum class Criterion : std::uint8_t;
struct CriterionInfo;
struct Points;
class Scorecard;

// eligibility
enum class Inferences : std::uint8_t;
enum class Outcome : std::uint8_t;
struct Judgement;
enum class Verdict : std::uint8_t;
struct Screened;
struct PreparedProject;
class Screening;

// topk
struct Candidate;
class BestK;

// learn
struct BootstrapOptions;
struct PairedDifference;
enum class Binning : std::uint8_t;
struct ReliabilityBin;
struct ClassForecasts;
struct Brier;
struct Coverage;
struct ScoredQuery;
enum class Gauge : std::uint8_t;
enum class Gain : std::uint8_t;
enum class Ties : std::uint8_t;
struct Metric;
struct MetricMean;
enum class Response : std::uint8_t;
struct PairOutcome;
struct MeasuredPair;
struct LearnOptions;
struct LearnedWeight;
struct LearnedWeights;
struct OutcomeSlice;
struct LearnedScorecard;
struct TextRecipe;
struct PhraseProjects;

// explain
struct InstrumentAdvice;
struct Advice;
struct Change;
struct ChangePlan;
enum class ChangeStatus : std::uint8_t;
struct ChangeSearch;
struct AtomReading;
struct RuleReading;
struct Explanation;
struct Ask;
struct MissingColumn;
struct NearMiss;
struct HeatCell;
struct Overview;
struct OverviewOptions;
enum class Language : std::uint8_t;

// the façade
struct MatchOptions;
struct Offer;
struct VerdictCounts;
class Answer;
class PreparedList;
struct ProjectOffer;
struct ReverseAnswer;
struct NearOptions;
struct NearOffer;
class NearAnswer;

// structure
enum class AssumptionItem : std::uint8_t;
struct Assumption;
struct ChainInput;
struct StructureInputs;
struct InstitutionList;
struct Phrase;
struct Ground;
template <typename T>
struct Reading;
struct ChainAsk;
enum class BenefitFor : std::uint8_t;
struct Benefit;
struct PlainTerms;
struct SyndicateTerms;
struct ChainTerms;
struct CarbonTerms;
struct RightTerms;
enum class Machinery : std::uint8_t;
struct Clash;
struct OfferOnPaper;
struct Structured;
enum class Gap : std::uint8_t;
struct GapReading;
struct Member;
struct Package;
struct PackageOptions;
struct ListOnPaper;

// live
struct RankedProduct;
struct ProjectRanking;
class Snapshot;
class Board;
enum class Presence : std::uint8_t;
enum class Movement : std::uint8_t;
enum class Cause : std::uint8_t;
struct RuleChange;
struct ProductChange;
struct FactChange;
struct PairStanding;
struct RuleTurn;
struct MatchChange;
struct ProjectChange;
struct Difference;

// report
enum class Contacts : std::uint8_t;
struct ReportOptions;
struct ReportInput;

}  // namespace huoshui
