"""Throw-away certificates, good and bad in every way a web server's can be bad."""

import datetime as dt
import ssl
import tempfile
import warnings
from functools import lru_cache
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DOMAIN = "zoo.test"


class Certificates:
    """One authority to trust, and server contexts chosen by the name a client asks for (SNI)."""

    def __init__(self) -> None:
        self.authority = trustme.CA()
        now = dt.datetime.now(dt.UTC)
        stranger = trustme.CA()
        middle = self.authority.create_child_ca()
        self._good = _context(self.authority.issue_cert(f"*.{DOMAIN}", DOMAIN, f"www.bare-to-www.{DOMAIN}"))
        self._by_name = {
            f"tls-expired.{DOMAIN}": _context(
                self.authority.issue_cert(
                    f"*.{DOMAIN}", not_before=now - dt.timedelta(400), not_after=now - dt.timedelta(30)
                )
            ),
            f"tls-not-yet.{DOMAIN}": _context(
                self.authority.issue_cert(
                    f"*.{DOMAIN}", not_before=now + dt.timedelta(30), not_after=now + dt.timedelta(400)
                )
            ),
            f"tls-wrong-host.{DOMAIN}": _context(self.authority.issue_cert("elsewhere.example")),
            f"tls-stranger.{DOMAIN}": _context(stranger.issue_cert(f"*.{DOMAIN}")),
            f"tls-incomplete.{DOMAIN}": _leaf_only(middle.issue_cert(f"*.{DOMAIN}")),
            f"tls-self-signed.{DOMAIN}": _self_signed(f"tls-self-signed.{DOMAIN}"),
        }
        # An expired certificate a redirect from http leads to, and one behind which the page is gone.
        self._by_name[f"tls-expired-gone.{DOMAIN}"] = self._by_name[f"tls-expired.{DOMAIN}"]
        self.http2 = _context(self.authority.issue_cert(f"*.{DOMAIN}"))
        self.http2.set_alpn_protocols(["h2", "http/1.1"])
        self.old = _old(self.authority.issue_cert(f"*.{DOMAIN}"))
        self._folder = tempfile.TemporaryDirectory()
        self.ca_file = str(Path(self._folder.name) / "authority.pem")
        self.authority.cert_pem.write_to_path(self.ca_file)

    def context(self) -> ssl.SSLContext:
        """Return the server context that picks the certificate by name."""
        context = self._good

        def choose(connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
            connection.context = self._by_name.get(name or "", self._good)

        context.sni_callback = choose
        return context


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def _old(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = _context(certificate)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _leaf_only(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "leaf.pem"
        path.write_bytes(certificate.private_key_pem.bytes() + certificate.cert_chain_pems[0].bytes())
        context.load_cert_chain(path)
    return context


def _self_signed(host: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(1))
        .not_valid_after(now + dt.timedelta(30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "self.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(path)
    return context


@lru_cache(maxsize=1)
def certificates() -> Certificates:
    """Return one set for the whole test run: keys take a moment."""
    return Certificates()
