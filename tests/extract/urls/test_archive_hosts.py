"""Every form in which archives write a capture's address; the original and the time are read from it."""

import pytest

from monitor.extract.urls.archive_hosts import ArchivedForm, archived_form
from monitor.extract.urls.repair import repair_url
from monitor.extract.urls.wrappers import unwrap

PAGE = "http://www.mill.example/report.html"
AT = "20130304050607"


@pytest.mark.parametrize(
    ("address", "when"),
    [
        (f"https://web.archive.org/web/{AT}/{PAGE}", AT),
        (f"https://web.archive.org/web/{AT}id_/{PAGE}", AT),
        (f"https://web.archive.org/web/{AT}-/{PAGE}", AT),
        (f"https://web.archive.org/web/{AT}/_embed/{PAGE}", AT),
        (f"https://web.archive.org/web/2/{PAGE}", None),
        (f"https://web.archive.org/web/0/{PAGE}", None),
        (f"https://web.archive.org/save/{PAGE}", None),
        (f"https://replay.waybackmachine.org/{AT}/{PAGE}", AT),
        (f"https://archive.ph/{AT}/{PAGE}", AT),
        (f"https://archive.ph/2013.03.04-050607/{PAGE}", AT),
        (f"https://archive.today/newest/{PAGE}", None),
        (f"https://archive.is/o/AbCd1/{PAGE}", None),
        (f"https://archive.vn/{PAGE}", None),
        (f"https://archive.ph/submit/?url={PAGE}", None),
        ("https://archive.ph/?run=1&url=http%3A%2F%2Fwww.mill.example%2Freport.html", None),
        (f"https://trove.nla.gov.au/gov/{AT}/{PAGE}", AT),
        (f"https://webarchive.nla.gov.au/awa/{AT}/{PAGE}", AT),
        ("http://pandora.nla.gov.au/pan/12345/20130304-0506/www.mill.example/report.html", "201303040506"),
        (f"http://pandora.nla.gov.au/nph-wb/{AT}/{PAGE}", AT),
        (f"http://pandora.nla.gov.au/nph-arch/2013/S2013-Mar-04/{PAGE}", None),
        (f"https://conifer.rhizome.org/miller/mills/{AT}/{PAGE}", AT),
        (f"https://webrecorder.io/miller/mills/{AT}mp_/{PAGE}", AT),
        (f"http://veebiarhiiv.digar.ee/a/{AT}/{PAGE}", AT),
        (f"http://eresources.nlb.gov.sg/webarchives/wayback/{AT}/{PAGE}", AT),
        (f"https://swap.stanford.edu/{AT}/{PAGE}", AT),
        (f"https://sul-swap-prod.stanford.edu/{AT}/{PAGE}", AT),
        (f"http://nukrobi2.nuk.uni-lj.si:8080/wayback/{AT}/{PAGE}", AT),
        (f"http://petabox.bibalex.org/web/{AT}/{PAGE}", AT),
        (f"https://digital.library.yorku.ca/wayback/{AT}/{PAGE}", AT),
        (f"https://perma-archives.org/warc/{AT}/{PAGE}", AT),
        ("https://megalodon.jp/2013-0304-0506-07/www.mill.example/report.html", AT),
    ],
)
def test_the_original_and_the_time_are_read(address: str, when: str | None) -> None:
    found = repair_url(address)
    assert (found.url, found.archive_url, found.archived_at) == (PAGE, address, when)


@pytest.mark.parametrize(
    "address",
    [
        "https://archive.today/AbCd1#selection-1.0-1.12",
        "https://archive.ph/AbCd1",
        "https://perma.cc/AB12-CD34",
        "https://ghostarchive.org/archive/AbCd1",
    ],
)
def test_a_code_is_a_copy_without_an_original(address: str) -> None:
    found = repair_url(address)
    assert (found.url, found.archive_url) == (address, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.mill.example/20130304050607/tides.html",
        "https://archive.org/details/mills1913",
        "https://www.stanford.edu/2013/report.html",
        "https://www.nla.gov.au/collections/2013/mills.example",
        "https://archive.ph/",
    ],
)
def test_other_pages_are_no_copies(address: str) -> None:
    assert repair_url(address).archive_url is None


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"https://web.archive.org/web/{AT}id_/{PAGE}", ArchivedForm(PAGE, AT)),
        (f"https://replay.waybackmachine.org/{AT}/{PAGE}", ArchivedForm(PAGE, AT)),
        ("https://archive.ph/AbCd1", ArchivedForm(None, None)),
        ("https://archive.ph/robots.txt", None),
        (f"https://mill.example/web/{AT}/{PAGE}", None),
    ],
)
def test_a_form_is_that_of_its_archive_alone(address, form):
    assert archived_form(address) == form


@pytest.mark.parametrize(
    "wrapped",
    ["slack-redir.net/link?url=http://quay.example/y", "OUT.reddit.com/t3?url=http://quay.example/y"],
)
def test_a_wrapper_is_told_without_a_scheme_too(wrapped):
    assert unwrap(wrapped) == unwrap(f"https://{wrapped}") == "http://quay.example/y"
