"""The rehearsal's shipped certificates: for every name of its world, one past its date, and no more can be signed."""

from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from monitor.demo.servers import ARCHIVE_HOST, CERTIFICATES
from monitor.demo.world import SITES
from tests.tools.demo_certificates import END, PAST, main

NAMES = {urlsplit(site.url).hostname for site in SITES} | {ARCHIVE_HOST}


def leaf(name):
    return x509.load_pem_x509_certificates((CERTIFICATES / f"{name}.pem").read_bytes())[0]


def test_they_name_every_host_of_the_rehearsal():
    for name in ("good", "expired"):
        names = leaf(name).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert set(names.get_values_for_type(x509.DNSName)) == NAMES, (
            "python -m tests.tools.demo_certificates"
        )


def test_one_is_good_for_ages_and_one_is_past_its_date():
    assert leaf("good").not_valid_after_utc == END
    assert leaf("expired").not_valid_after_utc == PAST


def test_the_authority_signed_both_and_its_key_is_not_shipped():
    (authority,) = x509.load_pem_x509_certificates((CERTIFICATES / "authority.pem").read_bytes())
    for path in CERTIFICATES.iterdir():
        text = path.read_bytes()
        if path.stem == "authority":
            assert b"PRIVATE" not in text
            continue
        key = load_pem_private_key(text, None)
        assert key.public_key() == leaf(path.stem).public_key()
        assert key.public_key() != authority.public_key()
        leaf(path.stem).verify_directly_issued_by(authority)


def test_they_can_be_made_anew(tmp_path):
    main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in CERTIFICATES.iterdir()}
