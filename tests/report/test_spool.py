"""Assessments on disk come back as they went, whatever their text, and more than one reader at a time."""

from dataclasses import replace

from monitor.report.spool import Spool
from tests.support import report_cases


def spooled(assessments):
    spool = Spool()
    for one in assessments:
        spool.add(one)
    return spool


def test_what_goes_in_comes_out():
    every = report_cases.every_status()
    odd = replace(every[0], citation=replace(every[0].citation, title="Rivers \udcff and mills"))
    spool = spooled([*every, odd, *every])
    assert len(spool) == 2 * len(every) + 1
    assert list(spool) == [*every, odd, *every]
    assert list(spool) == [*every, odd, *every]
    spool.close()


def test_two_readers_do_not_move_each_other():
    every = report_cases.every_status() * 30
    spool = spooled(every)
    assert [one for one, other in zip(spool, spool, strict=True) if one == other] == every
    spool.close()
