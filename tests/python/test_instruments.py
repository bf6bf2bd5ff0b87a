"""The instruments from Python: records that say what they want, published cases, and words in both languages."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest

import huoshui as hs
from huoshui import carbon, rights, supply_chain, syndicate
from huoshui.fields import FieldError, of_json, plain, record_of

DAY = "2026-03-01"


@pytest.fixture(scope="module")
def policy() -> hs.Policy:
    return hs.Policy.bundled().at(DAY)


def bank(name: str, **given: Any) -> syndicate.Institution:
    """A bank with ample capital and no exposure, so that every limit is tested and none binds."""
    ample: dict[str, Any] = {
        "net_capital": "10000亿元",
        "tier1_capital": "9000亿元",
        "client_loans": "0元",
        "client_exposure": "0元",
        "group_exposure": "0元",
        "rate": "3.6%",
    }
    return syndicate.Institution(id=name, kind="state_bank", **{**ample, **given})


def deal(amount: str, signing: str = "2025-03-03", **given: Any) -> syndicate.Deal:
    asked = [syndicate.TrancheAsk(amount=amount, tenor_months="10年")]
    return syndicate.Deal(id="P1", signing=signing, tranches=asked, public_debt="clear", **given)


def wuning(**given: Any) -> carbon.Sink:
    """武宁 as published; price, rate and ratio are the test's own."""
    published: dict[str, Any] = {
        "mechanism": "ccer_planting",
        "stage": "registered",
        "clear_title": True,
        "title_document": True,
        "economic_forest": False,
        "wetland": False,
        "pledged_already": False,
        "non_forest_years": 3,
        "plot_square_metres": 400,
        "shrub_removal": "20%",
        "area": "20800亩",
        "surveyed_kg": "6317吨",
        "stated_total_kg": "12.74万吨",
        "stated_income_fen": "2000万元",
        "crediting_years": 20,
        "buffer": "10%",
        "reversal": "0.2%",
        "price": carbon.PricePath(fen_per_tonne="70.76元/吨"),
        "discount_rate": "5%",
        "pledge_ratio": "70%",
        "need_fen": "300万元",
        "tenor_months": "5年",
        "base_rate": "4%",
    }
    return carbon.Sink(**{**published, **given})


# What may be given.


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (hs.Money.from_wan(300), 300_000_000),
        ("300万元", 300_000_000),
        ("0.5亿元", 5_000_000_000),
    ],
)
def test_money_is_taken_with_its_unit(given: Any, held: int) -> None:
    assert syndicate.Draw(month=1, amount=given).amount.fen == held


@pytest.mark.parametrize("given", [300, 3.5, None, "300", "约300万元", "100-300万元", "300万美元", True])
def test_money_without_a_clear_unit_is_refused(given: Any) -> None:
    with pytest.raises(FieldError) as raised:
        syndicate.Draw(month=1, amount=given)
    assert raised.value.field == "amount"
    assert "300万元" in str(raised.value) and "expected an amount with its unit" in str(raised.value)


def test_money_is_exact() -> None:
    assert hs.Money.from_wan(0.1) == hs.Money.from_yuan("1000") == hs.Money.from_fen(100_000)
    for bad in (0.1 + 0.2, "0.00000001", "x", float("nan"), float("inf")):
        with pytest.raises(hs.ContractError):
            hs.Money.from_wan(bad)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (36_000, 36_000),
        ("3.6%", 36_000),
        ("-20bp", -2_000),
    ],
)
def test_rates_are_millionths_or_texts(given: Any, held: int) -> None:
    assert carbon.RateStep(goal="g", change=given).change == held


@pytest.mark.parametrize("given", [0.036, "3.6", "3.6元", "0.00001%", None, True])
def test_a_rate_of_another_kind_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match=r"change.*3\.6%"):
        carbon.RateStep(goal="g", change=given)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (7_076, (7_076, 7_076)),
        ("70.76元/吨", (7_076, 7_076)),
        ("60-80元/吨", (6_000, 8_000)),
        ((1, 2), (1, 2)),
        (("60元/吨", "80元/吨"), (6_000, 8_000)),
    ],
)
def test_a_range_is_one_value_or_a_pair(given: Any, held: tuple[int, int]) -> None:
    assert carbon.PricePath(fen_per_tonne=given).fen_per_tonne == held


@pytest.mark.parametrize("given", [(2, 1), (1,), (1, 2, 3), "80-60元/吨", "贵"])
def test_a_pair_out_of_order_is_refused(given: Any) -> None:
    with pytest.raises(FieldError, match="fen_per_tonne"):
        carbon.PricePath(fen_per_tonne=given)


@pytest.mark.parametrize(
    "given", ["2025-03-03", datetime.date(2025, 3, 3), datetime.datetime(2025, 3, 3, 9), "2025年3月3日"]
)
def test_a_day_is_a_date_or_its_text(given: Any) -> None:
    assert deal("1亿元", given).signing == datetime.date(2025, 3, 3)


@pytest.mark.parametrize("given", ["2025年3月", "2025-13-01", "someday", 20250303])
def test_a_day_that_is_none_is_refused(given: Any) -> None:
    with pytest.raises(FieldError, match="signing"):
        deal("1亿元", given)


def test_words_are_those_of_the_library_or_chinese() -> None:
    assert syndicate.Institution(id="A", kind="农商行").kind == "rural_commercial_bank"
    with pytest.raises(FieldError, match=r"kind.*village_bank（村镇银行）"):
        syndicate.Institution(id="A", kind="bank")


def test_fields_read_at_every_assignment_and_unknown_stays_unknown() -> None:
    sink = carbon.Sink()
    assert sink.price is None and sink.clear_title is None and sink.area is None
    sink.area = "100公顷"
    assert sink.area == (150_000, 150_000)
    with pytest.raises(FieldError, match="area"):
        sink.area = "100吨"
    assert sink.area == (150_000, 150_000)


def test_an_error_names_the_way_to_its_field() -> None:
    given = {"id": "P1", "signing": "2025-03-03", "tranches": [{"amount": "1亿元", "tenor_months": "x"}]}
    with pytest.raises(FieldError) as raised:
        record_of(syndicate.Deal, given)
    assert raised.value.field == "tranches[0].tenor_months" and raised.value.found == "x"
    with pytest.raises(FieldError, match=r"amuont.*amount"):
        record_of(syndicate.Draw, {"month": 1, "amuont": "1元"})
    with pytest.raises(FieldError, match=r"amount.*missing"):
        record_of(syndicate.Draw, {"month": 1})


def test_a_number_of_a_document_counts_only_where_its_name_says_the_unit() -> None:
    read = record_of(carbon.Sink, of_json('{"surveyed_kg": 6317000, "need_fen": 5, "crediting_years": 20}'))
    assert (read.surveyed_kg, read.need_fen, read.crediting_years) == ((6_317_000, 6_317_000), 5, (20, 20))
    for document in ('{"area": 20800}', '{"pledge_ratio": 70}', '{"pledge_ratio": 0.7}'):
        with pytest.raises(FieldError):
            record_of(carbon.Sink, of_json(document))
    with pytest.raises(FieldError, match=r"area.*once"):
        of_json('{"area": "1亩", "area": "2亩"}')
    with pytest.raises(FieldError, match=r"面积.*once"):
        record_of(carbon.Sink, of_json('{"area": "1亩", "面积": "2亩"}'))
    assert record_of(carbon.Sink, of_json('{"面积": "1亩"}')).area == (100, 100)
    with pytest.raises(FieldError, match="2:1"):
        of_json('{"a": 1,\n}')


def test_a_number_that_does_not_fit_is_a_contract_error(policy: hs.Policy) -> None:
    for call in (
        lambda: carbon.propose(carbon.Sink(need_fen=2**63), policy),
        lambda: carbon.simulate(
            carbon.Stream(annual_kg=1, crediting_years=1, fen_per_tonne=1), carbon.SimulationOptions(seed=-1)
        ),
        lambda: syndicate.propose(deal("1亿元"), [bank("A", max_ticket=hs.Money(2**63))], policy),
        lambda: syndicate.propose(deal("1亿元"), [bank("A")], policy, runners_up=2**32),
    ):
        with pytest.raises(hs.ContractError, match="does not fit"):
            call()


# Syndicates.


def test_five_banks_of_chongming_pass_under_both_rules() -> None:
    banks = [bank(name, max_ticket="5000万元") for name in "甲乙丙丁戊"]
    parts: dict[str, hs.Money | str] = {
        "甲": "5000万元", "乙": "5000万元", "丙": "4000万元", "丁": "3000万元", "戊": "3000万元",
    }  # fmt: skip
    for signing in ("2024-10-31", "2024-11-01"):
        asked = deal("2亿元", signing)
        paper = syndicate.Structure.of_shares(asked, parts, rate="3.6%")
        found = syndicate.verify(paper, asked, banks, hs.Policy.bundled().at(signing))
        assert syndicate.is_lawful(found)
        assert not [each for each in found if each.standing == "caution"]
        frame = paper.to_pandas()
        assert frame["fen"].sum() == asked.amount.fen and frame["share"].sum() == 1_000_000


def test_fifty_seven_and_forty_three_is_a_caution_under_the_old_rules_only() -> None:
    banks = [bank("农行"), bank("建行")]
    parts: dict[str, hs.Money | str] = {"农行": "20亿元", "建行": "15亿元"}
    cautions = {}
    for signing in ("2024-10-31", "2024-11-01"):
        asked = deal("35亿元", signing)
        found = syndicate.verify(
            syndicate.Structure.of_shares(asked, parts), asked, banks, hs.Policy.bundled().at(signing)
        )
        cautions[signing] = [each.rule for each in found if each.standing == "caution"]
    assert cautions == {"2024-10-31": ["distribution_min"], "2024-11-01": []}


def test_a_proposal_tells_all_of_itself() -> None:
    asked = deal("2亿元", region="441625")
    banks = [
        bank("A", max_ticket="1.5亿元", rate="3.4%"),
        bank("B", rate="3.5%", max_ticket="1亿元"),
        bank("C", max_ticket="1亿元"),
    ]
    proposal = syndicate.propose(asked, banks, hs.Policy.bundled().at(asked.signing), runners_up=1)
    assert proposal.decision == "syndicate_needed" and len(proposal.structures) == 2
    best = proposal.structures[0]
    assert best.cost.total == proposal.proof.bound.fen == syndicate.cost_of(best.structure, asked, banks).total
    assert proposal.explain()[0].startswith("没有一家可独立承贷")
    assert proposal.explain("en") != proposal.explain()
    frame = proposal.to_pandas()
    assert sorted(set(frame["rank"])) == [1, 2]
    assert (frame.groupby("rank")["fen"].sum() == asked.amount.fen).all()
    flows = syndicate.cash_flows(best.structure, asked)
    assert flows.to_pandas()["principal"].sum() == asked.amount.fen
    assert flows.cover == ()  # no income is known
    assert plain(proposal)["structures"][0]["cost"]["total"] == best.cost.total


def test_a_shortage_is_said_in_words() -> None:
    asked = deal("2亿元")
    banks = [bank("A", max_ticket="6800万元"), bank("B", max_ticket="1亿元")]
    proposal = syndicate.propose(asked, banks, hs.Policy.bundled().at(asked.signing))
    assert proposal.decision == "impossible" and proposal.shortage is not None
    assert proposal.shortage.unplaced == hs.Money.from_wan(3_200)
    assert any("差3,200万元" in line for line in proposal.explain())
    assert proposal.to_pandas().empty


def test_a_syndicate_that_cannot_be_asked_fails_with_its_reason() -> None:
    asked = deal("2亿元")
    day = hs.Policy.bundled().at(asked.signing)
    with pytest.raises(hs.Failure) as raised:
        syndicate.propose(asked, [bank("A"), bank("A")], day)
    assert raised.value.issues[0].code == "duplicate_id"
    with pytest.raises(hs.ContractError):
        syndicate.propose(asked, [bank("A")], hs.Policy.bundled().at("2025-03-04"))


def test_debt_cover_is_told_for_the_years_whose_income_is_known() -> None:
    asked = deal("1亿元", yearly_income=["2000万元", "3000万元"])
    flows = syndicate.cash_flows(syndicate.Structure.of_shares(asked, {"A": "1亿元"}, rate="4%"), asked)
    assert [each.year for each in flows.cover] == [1, 2]
    assert flows.cover[0].ratio == flows.cover[0].income * 1_000_000 // flows.cover[0].debt_service


def test_the_capital_stack_fills_up_to_the_minimum(policy: hs.Policy) -> None:
    asked = syndicate.CapitalSources(
        total_investment="1亿元", own_funds="1500万元", special_bond="3000万元", bond_on_positive_list=True
    )
    proposal = syndicate.stack_capital(asked, policy)
    assert proposal.stack.capital == hs.Money.from_wan(2_000)
    assert proposal.to_pandas()["fen"].sum() == proposal.stack.total_investment.fen
    assert syndicate.is_lawful(syndicate.verify_capital(proposal.stack, policy))
    short = syndicate.CapitalStack(total_investment="1亿元", own_funds="1999.99万元", loans="8000.01万元")
    found = syndicate.find(syndicate.verify_capital(short, policy), "capital_min")
    assert found is not None and found.standing != "passed"


# Carbon.


def test_wuning_as_published(policy: hs.Policy) -> None:
    proposal = carbon.propose(wuning(), policy)
    terms = proposal.terms
    assert terms.yield_ == (303_701, 303_701)
    assert terms.ceiling_fen == (344_763_373, 344_763_373)
    assert terms.amount_fen == 300_000_000
    implied = carbon.find(proposal.findings, "implied_price")
    assert implied is not None and implied.standing == "caution"
    assert proposal.is_lawful and "可贷上限344.763373万元" in proposal.explain()
    assert proposal.explain("en") != proposal.explain()
    assert carbon.is_lawful(carbon.verify(terms, wuning(), policy))
    assert len(proposal.to_pandas()) == len(proposal.findings)
    terms.amount_fen = 344_763_374
    assert not carbon.is_lawful(carbon.verify(terms, wuning(), policy))


def test_ranges_give_ranges_and_a_missing_price_no_ceiling(policy: hs.Policy) -> None:
    low, high = carbon.propose(
        wuning(price=carbon.PricePath(fen_per_tonne="60-80元/吨")), policy
    ).terms.ceiling_fen or (0, 0)
    assert 0 < low < high
    assert carbon.propose(wuning(price=None), policy).terms.ceiling_fen is None


def test_the_price_fan_is_the_same_for_the_same_seed(policy: hs.Policy) -> None:
    options = carbon.SimulationOptions(volatility="12%", seed=42, paths=2_000)
    first = carbon.propose(wuning(), policy, simulation=options).simulation
    again = carbon.propose(wuning(), policy, simulation=options).simulation
    assert first is not None and first == again
    assert first.closed_form_fen is not None
    assert abs(first.mean_fen - first.closed_form_fen) < 4 * first.standard_error_fen
    frame = first.to_pandas()
    assert list(frame.columns) == ["year", "p5", "p25", "p50", "p75", "p95"] and len(frame) == 20
    assert frame.iloc[-1].is_monotonic_increasing
    other = carbon.SimulationOptions(volatility="12%", seed=43, paths=2_000)
    assert carbon.propose(wuning(), policy, simulation=other).simulation != first


def test_a_number_out_of_range_is_a_contract_error(policy: hs.Policy) -> None:
    with pytest.raises(hs.ContractError):
        carbon.propose(wuning(buffer="101%"), policy)


def test_other_threads_go_on_while_prices_are_drawn() -> None:
    stream = carbon.Stream(annual_kg="6317吨", crediting_years=40, fen_per_tonne="70元/吨")
    running = threading.Event()
    ticks = 0

    def work() -> None:
        carbon.simulate(stream, carbon.SimulationOptions(volatility="10%", paths=200_000))
        running.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not running.is_set():
        ticks += 1
        running.wait(0.001)
    thread.join()
    assert ticks > 3  # with the lock held there would be one tick at most


# Rights.


def test_published_forest_incomes_lie_inside_the_spread(policy: hs.Policy) -> None:
    for area, price, loan in (
        ("1300亩", "23.08元/亩", "7.3万元"),
        ("4649亩", "14元/亩", "30万元"),
        ("4794亩", "35元/亩", "83万元"),
    ):
        asset = rights.Asset(
            right="公益林补偿收益权", quantity=area, fen_per_unit=price, clear_title=True, pledged_already=False,
            registry="registered", need_fen=loan,
        )  # fmt: skip
        proposal = rights.propose(asset, policy)
        assert proposal.terms.spread_fen is not None and asset.need_fen is not None
        low, high = proposal.terms.spread_fen
        assert low <= asset.need_fen <= high
        assert proposal.is_lawful and rights.is_lawful(rights.verify(proposal.terms, asset, policy))
        assert proposal.explain() and proposal.explain("en") != proposal.explain()


def test_a_pledged_herd_is_refused_and_one_without_a_price_cannot_be_checked(policy: hs.Policy) -> None:
    herd = rights.Asset(right="livestock", quantity="400头", lent_share="70%", clear_title=True, pledged_already=True)
    proposal = rights.propose(herd, policy)
    assert proposal.terms.ceiling_fen is None and not proposal.is_lawful


def test_multiples_are_options(policy: hs.Policy) -> None:
    asset = rights.Asset(
        right="public_forest_income", quantity="100亩", fen_per_unit="10元/亩", clear_title=True, registry="registered"
    )
    assert rights.propose(asset, policy).terms.ceiling_fen == (200_000, 200_000)
    assert rights.propose(asset, policy, multiple_low="3倍").terms.ceiling_fen == (300_000, 300_000)


def test_two_kinds_on_one_parcel_are_to_be_looked_at() -> None:
    pledges = [
        rights.Pledge(project="P1", kind="forest_tenure", parcel="宗地1"),
        rights.Pledge(project="P2", kind="carbon_sink", parcel="宗地1"),
        rights.Pledge(project="P3", kind="forest_tenure", parcel="宗地 1"),
    ]
    assert [(each.first, each.again, each.overlap_only) for each in rights.double_pledges(pledges)] == [
        (0, 1, True),
        (0, 2, False),
    ]


# Supply chains.


def village(households: int, **bundle: Any) -> supply_chain.Chain:
    """A leading enterprise and its households, which are given credit as one."""
    members = [f"H{n}" for n in range(1, households + 1)]
    parties = [
        supply_chain.Party(id="A", role="anchor"),
        *(supply_chain.Party(id=name, role="household") for name in members),
    ]
    return supply_chain.Chain.build(parties, [], [supply_chain.Bundle(id="V", members=members, lead="A", **bundle)])


def test_the_village_of_shixing(policy: hs.Policy) -> None:
    plan = supply_chain.propose(village(95, backing="credit", total="2043万元"), policy, supply_chain.Terms())
    assert plan.total == hs.Money.from_wan(2_043).fen
    advance = plan.advance("H7")
    assert (advance.amount, advance.cap) == (21_505_263, "bundle_total")
    assert plan.bundles == {"V": plan.total}
    frame = plan.to_pandas()
    assert frame["amount"].sum() == plan.total and len(frame) == 96
    assert supply_chain.verify(plan.chain, policy, supply_chain.Terms(), plan) == ()


def test_the_contract_raisers_of_shunde(policy: hs.Policy) -> None:
    plan = supply_chain.propose(village(15, backing="lead"), policy, supply_chain.Terms())
    assert plan.advance("H1").amount is None and plan.total == 0
    assert plan.explain("H1") == ["农户H1：金额无法核定，缺少授信总额、单户上限或牵头主体额度"]
    assert plan.to_pandas()["amount"].isna().sum() == 15


def chain_of_two(**claim: Any) -> supply_chain.Chain:
    given: dict[str, Any] = {"due_day": "2026-06-01", "registered": True, "confirmed": True, **claim}
    return supply_chain.Chain.build(
        [
            supply_chain.Party(id="A", role="anchor", exposure_limit="100万元"),
            supply_chain.Party(id="S", asked="30万元"),
            supply_chain.Party(id="T"),
        ],
        [
            supply_chain.Claim(id="R1", holder="S", buyer="A", amount="200万元", **given),
            supply_chain.Claim(id="R2", holder="T", buyer="S", amount="200万元", **given),
        ],
    )


TERMS = supply_chain.Terms(advance_rate={"receivable": "80%"}, tier_decay="90%")


def test_a_limit_is_carried_down_the_tiers(policy: hs.Policy) -> None:
    plan = supply_chain.propose(chain_of_two(), policy, TERMS)
    assert [(each.party, each.amount, each.cap, each.at) for each in plan.advances] == [
        ("A", 0, "none", ""),
        ("S", 30_000_000, "asked", "S"),
        ("T", 70_000_000, "exposure_limit", "A"),
    ]
    assert [(each.claim, each.own, each.passed) for each in plan.claims] == [
        ("R1", 30_000_000, 70_000_000),
        ("R2", 70_000_000, 0),
    ]
    assert plan.outcomes("R1")["confirmation"] == "pass" and "custody" not in plan.outcomes("R1")
    assert plan.explain(lang="en") != plan.explain()
    assert len(plan.claims_to_pandas()) == 2
    assert plan == supply_chain.propose(chain_of_two(), policy, TERMS)


def test_what_is_held_back_is_named_and_unlocked(policy: hs.Policy) -> None:
    chain = chain_of_two(registered=None)
    plan = supply_chain.propose(chain, policy, TERMS)
    line = plan.claim("R1")
    assert (line.eligible, line.full, line.lacking) == (0, 160_000_000, ["register_claim"])
    assert any("登记" in said for said in plan.explain("R1"))
    acts = supply_chain.unlocks(chain, policy, TERMS, k=2)
    assert acts[0].gain > 0 and acts[0].supplies == ("register_claim",)
    assert acts[0].sentence.zh and acts[0].sentence.en


def test_double_pledges_and_circles_are_named(policy: hs.Policy) -> None:
    parties = [supply_chain.Party(id="A", role="anchor", exposure_limit="100万元"), supply_chain.Party(id="S")]
    claims = [
        supply_chain.Claim(id="R1", holder="S", buyer="A", amount="10万元", documents="HT-1"),
        supply_chain.Claim(id="R2", holder="S", buyer="A", amount="10万元", documents=["ht-1", "HT-2"]),
        supply_chain.Claim(id="R3", holder="A", buyer="S", amount="1万元"),
    ]
    plan = supply_chain.propose(supply_chain.Chain.build(parties, claims), policy, TERMS)
    assert plan.double_pledges == (("R1", "R2"),) and plan.circles == (("A", "S"),)


def test_a_plan_for_another_chain_breaks_its_rules(policy: hs.Policy) -> None:
    plan = supply_chain.propose(chain_of_two(), policy, TERMS)
    breaches = supply_chain.verify(chain_of_two(confirmed=False), policy, TERMS, plan)
    assert breaches and all(breach.sentence.zh and breach.kind for breach in breaches)


def test_a_chain_names_every_fault() -> None:
    party = supply_chain.Party(id="S")
    with pytest.raises(hs.Failure) as raised:
        supply_chain.Chain.build([party, party], [supply_chain.Claim(id="R", holder="X", buyer="S", amount="1元")])
    assert {issue.code for issue in raised.value.issues} == {"duplicate_id", "unknown_word"}


def test_a_party_that_is_not_there_is_a_contract_error(policy: hs.Policy) -> None:
    plan = supply_chain.propose(chain_of_two(), policy, TERMS)
    for call in (plan.advance, plan.claim, plan.outcomes, plan.explain):
        with pytest.raises(hs.ContractError, match="没有编号为"):
            call("X")


def test_a_chain_gives_its_records_back() -> None:
    chain = chain_of_two()
    assert chain.parties[1] == supply_chain.Party(id="S", asked=30_000_000)
    assert chain.claims[0].due_day == datetime.date(2026, 6, 1)
    again = supply_chain.Chain.build(chain.parties, chain.claims, chain.bundles)
    assert (again.parties, again.claims) == (chain.parties, chain.claims)


def test_a_number_of_a_chain_needs_its_unit_in_a_document() -> None:
    assert supply_chain.Party(id="S", asked=5).asked == 5  # in Python a bare number counts fen, as in C++
    with pytest.raises(FieldError, match="asked"):
        record_of(supply_chain.Party, of_json('{"id": "S", "asked": 5}'))
    with pytest.raises(FieldError, match="advance_rate"):
        supply_chain.Terms(advance_rate={"loan": "80%"})
