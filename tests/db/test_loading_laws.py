"""However the captures of a site come in, the database tells the same of it."""

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.facts import CaptureFacts, CaptureRow
from db.load import acknowledge, load, load_many
from tests.db.histories import loose_keys, memory_database
from tests.db.stories import stories
from tests.db.told import public_rows
from tests.db.visits import Story, in_loading_order

_EXAMPLES = os.environ.get("LAW_EXAMPLES")
law = settings(
    max_examples=int(_EXAMPLES or 40),
    derandomize=_EXAMPLES is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def slices(draw: st.DrawFn, facts: Sequence[CaptureFacts]) -> list[list[CaptureFacts]]:
    """In any order, in batches of any size."""
    rest, cut = in_loading_order(draw(st.permutations(facts))), list[list[CaptureFacts]]()
    while rest:
        size = draw(st.integers(1, len(rest)))
        cut.append(rest[:size])
        rest = rest[size:]
    return cut


def waiting(facts: CaptureFacts) -> CaptureRow:
    """The row of a capture that is on disk and not yet extracted."""
    return replace(facts.capture, extractor=None, verdict=None, reason=None, redirect_url=None)


@st.composite
def said_before(draw: st.DrawFn, facts: Sequence[CaptureFacts]) -> list[CaptureFacts]:
    """What an earlier extractor made of captures: no article, fewer comments without ids, another text."""
    made: list[CaptureFacts] = []
    for one in facts:
        row = replace(one.capture, extractor="0")
        worse = [replace(one, capture=row), CaptureFacts(capture=replace(row, verdict="block page"))]
        if one.article is not None:
            comments = tuple(replace(each, native_id=None, parent=None) for each in one.comments[::2])
            worse.append(replace(one, capture=row, comments=comments, complete=None, claimed_comments=None))
            worse.append(replace(one, capture=row, article=replace(one.article, text="menu", title=None)))
        made.append(draw(st.sampled_from(worse)))
    return made


@law
@given(story=stories(), data=st.data())
def test_any_order_any_batches_any_interruption_give_the_same_rows(story: Story, data: st.DataObject) -> None:
    acknowledged = data.draw(st.lists(st.sampled_from(story.facts), unique_by=id))
    broken_off = data.draw(slices(story.facts))[: data.draw(st.integers(0, 2))]
    with closing(memory_database()) as at_once, closing(memory_database()) as in_pieces:
        load_many(at_once, story.facts)
        acknowledge(in_pieces, map(waiting, acknowledged))
        for batch in (*broken_off, *data.draw(slices(story.facts))):
            assert load_many(in_pieces, batch) == len(batch)
        assert public_rows(in_pieces) == public_rows(at_once)
        assert loose_keys(in_pieces) == []


@law
@given(story=stories(), data=st.data())
def test_loading_again_writes_nothing(story: Story, data: st.DataObject) -> None:
    with closing(memory_database()) as db:
        load_many(db, story.facts)
        written = db.conn.total_changes
        for batch in data.draw(slices(story.facts)):
            load_many(db, batch)
        load(db, data.draw(st.sampled_from(story.facts)))
        acknowledge(db, map(waiting, story.facts))
        assert db.conn.total_changes == written


@law
@given(story=stories(), data=st.data())
def test_what_an_earlier_extractor_said_leaves_no_trace(story: Story, data: st.DataObject) -> None:
    with closing(memory_database()) as fresh, closing(memory_database()) as extracted_again:
        load_many(fresh, story.facts)
        for batch in data.draw(slices(data.draw(said_before(story.facts)))):
            load_many(extracted_again, batch)
        for batch in data.draw(slices(story.facts)):
            load_many(extracted_again, batch)
        assert public_rows(extracted_again) == public_rows(fresh)
        assert loose_keys(extracted_again) == []
