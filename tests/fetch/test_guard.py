"""Which addresses may be asked, however they are spelt or wrapped."""

import datetime as dt
import ipaddress

import pytest

from monitor.fetch.guard import literal_address, local_name, never_exists, special_blocks, special_purpose

FORBIDDEN = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.5", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
    "::10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "not-an-address", "", "168.63.129.16", "169.254.170.2", "100.100.100.200", "192.0.0.192",
    "fd00:ec2::254", "fd20:ce::254", "::ffff:0:10.0.0.1", "::ffff:0:a83f:8110", "2a00:1450::5efe:10.0.0.1",
    "2a00:1450::200:5efe:192.168.0.1", "::8", "400::1", "1fff:ffff::1", "4000::1", "e000::1", "fe00::1", "2002:a83f:8110::1", "64:ff9b::168.63.129.16",
]  # fmt: skip
ALLOWED = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
    "192.0.1.1", "198.17.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1", "168.63.129.15", "168.63.129.17", "::ffff:0:8.8.8.8",
    "2a00:1450::5efe:8.8.8.8",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_special_purpose_addresses_are_refused(address: str) -> None:
    assert special_purpose(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_public_addresses_are_asked(address: str) -> None:
    assert special_purpose(address) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"), ("0x7f.0.0.0x1", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"),
        ("[::1]", "::1"), ("0:0:0:0:0:0:0:1", "::1"), ("10.0.258", "10.0.1.2"),
        ("example.org", None), ("1.2.3.4.example", None), ("a1", None), ("4th.example", None), ("", None),
        ("1.2.3.4.5", None), ("256.1.1.1", None),
    ],
)  # fmt: skip
def test_addresses_in_every_spelling(host: str, address: str | None) -> None:
    assert literal_address(host) == address


def test_names_with_a_meaning_of_their_own() -> None:
    assert local_name("localhost")
    assert local_name("a.LOCALHOST.")
    assert not local_name("localhost.example.org")
    assert never_exists("a.invalid")
    assert never_exists("secret.onion.")
    assert not never_exists("invalid.example.org")


def test_the_list_is_whole_and_has_a_date() -> None:
    """The standard library knows the registries too, of the day its release was made."""
    listed = special_blocks()
    assert dt.date(2025, 1, 1) <= listed.registries
    assert all(purpose for _, purpose in listed.blocks)
    known = [
        *ipaddress._IPv4Constants._private_networks,
        *ipaddress._IPv6Constants._private_networks,
        *ipaddress._IPv6Constants._reserved_networks,
    ]
    carried = ipaddress.ip_network("::ffff:0:0/96")
    for block in known:
        if block != carried and block.prefixlen:
            for address in (block[0], block[-1]):
                assert special_purpose(str(address)), f"{address} of {block}"
    for block, _ in listed.blocks:
        assert special_purpose(str(block[0]))
        assert special_purpose(str(block[-1]))
