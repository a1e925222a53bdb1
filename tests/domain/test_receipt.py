"""Which day counts as that of receipt, channel by channel (art. 29, 31; R1 to R12)."""

from datetime import date

import pytest

from caseapp.domain import receipt as rules
from caseapp.domain.receipt import Channel, Receipt
from caseapp.gateways.holiday_calendar import base_calendar

FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 3, day) for day in (6, 7, 9, 10))
CONFIRMED = {Channel.ORDINARY_MAIL, Channel.ONLINE, Channel.FAX}
CALENDAR = base_calendar()


def receipt(channel, arrived_on=FRIDAY, confirmed_on=None, note=""):
    return Receipt(channel=channel, arrived_on=arrived_on, confirmed_on=confirmed_on, note=note)


@pytest.mark.rule("R7")
@pytest.mark.rule("R8")
@pytest.mark.parametrize("channel", list(Channel))
def test_the_confirmation_counts_for_the_channels_that_ask_for_one_and_the_arrival_until_then(channel):
    assert channel.is_confirmed is (channel in CONFIRMED)
    assert receipt(channel).received_on == FRIDAY
    assert receipt(channel, confirmed_on=MONDAY).received_on == MONDAY


@pytest.mark.rule("R5")
@pytest.mark.rule("R6")
@pytest.mark.rule("R10")
@pytest.mark.parametrize("channel", sorted(set(Channel) - CONFIRMED))
def test_where_the_law_asks_for_no_confirmation_none_can_move_the_day(channel):
    rules.check_receipt(receipt(channel, confirmed_on=FRIDAY), today=MONDAY, calendar=CALENDAR)
    with pytest.raises(rules.NothingToConfirm, match=channel.label.split("（")[0]):
        rules.check_receipt(receipt(channel, confirmed_on=MONDAY), today=MONDAY, calendar=CALENDAR)


@pytest.mark.rule("R8")
@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.FAX])
@pytest.mark.parametrize(
    ("arrived_on", "latest"), [(FRIDAY, MONDAY), (SATURDAY, MONDAY), (date(2026, 9, 30), date(2026, 10, 8))]
)
def test_a_confirmation_after_the_next_working_day_needs_a_reason_and_is_flagged(channel, arrived_on, latest):
    after = date.fromordinal(latest.toordinal() + 1)
    in_time = receipt(channel, arrived_on, latest)
    rules.check_receipt(in_time, today=after, calendar=CALENDAR)
    assert rules.late_words(in_time, calendar=CALENDAR) == ""

    with pytest.raises(rules.ReasonForDelayMissing):
        rules.check_receipt(receipt(channel, arrived_on, after), today=after, calendar=CALENDAR)
    explained = receipt(channel, arrived_on, after, note="号码有误，次日才联系上。")
    rules.check_receipt(explained, today=after, calendar=CALENDAR)
    assert "下一个工作日" in rules.late_words(explained, calendar=CALENDAR)


@pytest.mark.rule("R7")
def test_ordinary_mail_confirmed_on_another_day_is_flagged_for_the_law_says_the_same_day():
    same_day = receipt(Channel.ORDINARY_MAIL, confirmed_on=FRIDAY)
    later = receipt(Channel.ORDINARY_MAIL, confirmed_on=MONDAY)
    rules.check_receipt(later, today=MONDAY, calendar=CALENDAR)
    assert rules.late_words(same_day, calendar=CALENDAR) == ""
    assert "当日确认" in rules.late_words(later, calendar=CALENDAR)
    assert later.arrived_on == FRIDAY


@pytest.mark.parametrize(
    ("arrived_on", "confirmed_on", "refusal", "field"),
    [
        (TUESDAY, None, rules.ArrivedInFuture, "arrived_on"),
        (FRIDAY, TUESDAY, rules.ConfirmedInFuture, "confirmed_on"),
        (MONDAY, FRIDAY, rules.ConfirmedBeforeArrival, "confirmed_on"),
    ],
)
def test_days_out_of_order_are_refused_at_their_field(arrived_on, confirmed_on, refusal, field):
    with pytest.raises(refusal) as refused:
        rules.check_receipt(receipt(Channel.FAX, arrived_on, confirmed_on), today=MONDAY, calendar=CALENDAR)
    assert refused.value.field == field


@pytest.mark.rule("R10")
@pytest.mark.parametrize("channel", list(Channel))
def test_only_what_was_said_must_be_signed(channel):
    rules.check_signed(channel, signed=True)
    if channel is Channel.ORAL:
        with pytest.raises(rules.NotSigned):
            rules.check_signed(channel, signed=False)
    else:
        rules.check_signed(channel, signed=False)


@pytest.mark.rule("R4")
@pytest.mark.parametrize("channel", list(Channel))
def test_only_the_internet_and_fax_can_be_switched_off(channel):
    if channel in (Channel.ONLINE, Channel.FAX):
        assert rules.closed_channels([channel.value]) == {channel}
        with pytest.raises(rules.ChannelClosed, match=channel.label):
            rules.check_open(channel, closed={channel})
        rules.check_open(channel, closed=set())
    else:
        with pytest.raises(rules.ChannelAlwaysOpen, match=channel.label.split("（")[0]):
            rules.closed_channels([channel.value])


def test_an_unknown_channel_is_refused_with_those_that_can_be_closed():
    with pytest.raises(rules.ChannelUnknown, match=r"pigeon.*fax、online"):
        rules.closed_channels(["pigeon"])


@pytest.mark.rule("R2")
def test_exactly_the_three_items_of_the_law_are_looked_for():
    everything = {"has_identity": True, "has_contact": True, "has_address": True}
    assert rules.missing_items(**everything) == []
    for lacking in everything:
        assert len(rules.missing_items(**everything | {lacking: False})) == 1
    assert len(rules.missing_items(has_identity=False, has_contact=False, has_address=False)) == 3


@pytest.mark.rule("R12")
@pytest.mark.parametrize(
    ("new_on", "first_fact_on", "refusal"),
    [
        (MONDAY, None, rules.SameDay),
        (date(2026, 3, 11), None, rules.ChangedToFuture),
        (TUESDAY, MONDAY, rules.ChangedPastFacts),
        (TUESDAY, TUESDAY, None),
        (FRIDAY, None, None),
    ],
)
def test_a_new_day_of_receipt_lies_before_what_was_done_and_not_ahead(new_on, first_fact_on, refusal):
    def check():
        rules.check_change(new_on, old_on=MONDAY, first_fact_on=first_fact_on, today=TUESDAY)

    if refusal is None:
        check()
    else:
        with pytest.raises(refusal):
            check()


@pytest.mark.rule("R12")
def test_nobody_decides_on_his_own_change():
    rules.check_second_person(proposed_by=1, decided_by=2)
    with pytest.raises(rules.OwnChange):
        rules.check_second_person(proposed_by=1, decided_by=1)


@pytest.mark.rule("R12")
def test_after_a_change_the_arrival_is_never_later_than_the_confirmation():
    assert rules.changed(receipt(Channel.IN_PERSON, MONDAY, MONDAY), FRIDAY) == (FRIDAY, FRIDAY)
    assert rules.changed(receipt(Channel.FAX, FRIDAY, MONDAY), TUESDAY) == (FRIDAY, TUESDAY)
    assert rules.changed(receipt(Channel.FAX, MONDAY, MONDAY), FRIDAY) == (FRIDAY, FRIDAY)
