"""Assessments on disk come back as they went, whatever their text, and more than one reader at a time."""

from monitor.model.case import body_mark
from monitor.model.values import replaced
from monitor.report.ascii_json import dumps
from monitor.report.json_records import citation_record
from monitor.report.spool import Spool
from monitor.report.transitions import present
from tests.support.every_status import every_status


def spooled(assessments):
    spool = Spool()
    for one in assessments:
        spool.add(one)
    return spool


def test_what_goes_in_comes_out():
    every = every_status()
    odd = replaced(every[0], citation=replaced(every[0].citation, title="Rivers \udcff and mills"))
    spool = spooled([*every, odd, *every])
    assert len(spool) == 2 * len(every) + 1
    assert list(spool) == [*every, odd, *every]
    assert list(spool) == [*every, odd, *every]
    spool.close()


def test_two_readers_do_not_move_each_other():
    every = every_status() * 30
    spool = spooled(every)
    assert [one for one, other in zip(spool, spool, strict=True) if one == other] == every
    spool.close()


def test_what_a_night_keeps_is_all_a_later_one_needs():
    """Whole, in little and as a line: taken over as bytes they are what making them anew would give."""
    every = every_status()
    odd = replaced(every[0], citation=replaced(every[0].citation, title="Rivers \udcff, naïve and mills"))
    made, kept = Spool(), Spool()
    for one in (*every, odd):
        made.add(one)
        body = kept.body(replaced(one, previous=None))
        document = one.citation.document
        kept.add_body(body, body_mark(body), previous=one.previous, document=document, state=present(one))
    assert list(kept) == list(made) == [*every, odd]
    assert list(kept.lines()) == list(made.lines())
    assert [(one.gist, one.previous, one.load()) for one in kept.entries()] == [
        (one.gist, one.previous, one.load()) for one in made.entries()
    ]
    assert ",\n".join(kept.lines()).split(",\n") == [dumps(citation_record(one)) for one in (*every, odd)]
    made.close()
    kept.close()
