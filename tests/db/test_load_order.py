"""The law of the database: the derived tables are a function of the set of captures."""

from contextlib import closing
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.facts import CaptureFacts
from db.load import acknowledge, load, load_many
from tests.db.histories import capture_facts, captures, dump, loose_keys, memory_database

# Each example loads into two databases; the law holds or not whatever time that takes.
law = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def search_index_is_whole(db: Database) -> bool:
    for table in ("articles_fts", "comments_fts"):
        with db.atomic():
            db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608  # ours
    return True


@law
@given(facts=captures(), data=st.data())
def test_loading_in_any_order_gives_the_same_rows(facts: list[CaptureFacts], data: st.DataObject) -> None:
    with closing(memory_database()) as at_once, closing(memory_database()) as one_by_one:
        assert load_many(at_once, facts) == len(facts)
        for one in data.draw(st.permutations(facts)):
            load(one_by_one, one)
        assert dump(one_by_one) == dump(at_once)
        assert loose_keys(at_once) == []
        assert search_index_is_whole(one_by_one)


@law
@given(facts=captures(), data=st.data())
def test_loading_what_is_known_writes_nothing(facts: list[CaptureFacts], data: st.DataObject) -> None:
    with closing(memory_database()) as db:
        load_many(db, facts)
        once = dump(db)
        written = db.conn.total_changes
        for one in data.draw(st.lists(st.sampled_from(facts)) if facts else st.just([])):
            load(db, one)
        load_many(db, facts)
        assert dump(db) == once
        assert db.conn.total_changes == written


@law
@given(facts=captures(), others=st.lists(capture_facts(), max_size=6), data=st.data())
def test_record_that_lies_in_two_places_is_that_of_the_first(
    facts: list[CaptureFacts], others: list[CaptureFacts], data: st.DataObject
) -> None:
    """Whatever the second says, and whichever is loaded or acknowledged first."""
    second = [
        replace(other, capture=replace(other.capture, record_id=one.capture.record_id, warc_file="b.warc.gz"))
        for one, other in zip(facts, others, strict=False)
    ]
    with closing(memory_database()) as first_only, closing(memory_database()) as both:
        load_many(first_only, facts)
        for one in data.draw(st.permutations([*facts, *second])):
            if data.draw(st.booleans()):
                acknowledge(both, [one.capture])
            load(both, one)
        assert dump(both) == dump(first_only)
        load_many(both, data.draw(st.permutations([*facts, *second])))
        assert dump(both) == dump(first_only)


@law
@given(facts=captures(), earlier=st.lists(capture_facts(), max_size=6), data=st.data())
def test_what_a_capture_said_before_leaves_no_trace(
    facts: list[CaptureFacts], earlier: list[CaptureFacts], data: st.DataObject
) -> None:
    """Each capture was first extracted otherwise, in some order, then anew: only the last result counts."""
    other_url = data.draw(st.booleans())
    said_before = [
        replace(
            before,
            capture=replace(
                one.capture,
                url=before.capture.url if other_url else one.capture.url,
                verdict=before.capture.verdict,
                status=before.capture.status,
                redirect_url=before.capture.redirect_url,
            ),
        )
        for one, before in zip(facts, earlier, strict=False)
    ]
    with closing(memory_database()) as fresh, closing(memory_database()) as reloaded:
        load_many(fresh, facts)
        for one in data.draw(st.permutations(said_before)):
            load(reloaded, one)
        for one in data.draw(st.permutations(facts)):
            load(reloaded, one)
        assert dump(reloaded) == dump(fresh)
        assert loose_keys(reloaded) == []
        assert search_index_is_whole(reloaded)


@law
@given(facts=captures(), data=st.data())
def test_acknowledging_first_changes_nothing_in_the_end(facts: list[CaptureFacts], data: st.DataObject) -> None:
    with closing(memory_database()) as fresh, closing(memory_database()) as acknowledged:
        load_many(fresh, facts)
        for one in data.draw(st.permutations(facts)):
            acknowledge(acknowledged, [one.capture])
        for one in data.draw(st.permutations(facts)):
            load(acknowledged, one)
            acknowledge(acknowledged, [one.capture])
        assert dump(acknowledged) == dump(fresh)
