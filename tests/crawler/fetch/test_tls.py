import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from OpenSSL import crypto

from crawler.fetch.tls import _host_mismatch

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def certificate(*names: str) -> crypto.X509:
    """A leaf for `news.example` by its common name, and for `names` as it should be."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "news.example")])
    builder = x509.CertificateBuilder(
        subject_name=name,
        issuer_name=name,
        public_key=key.public_key(),
        serial_number=1,
        not_valid_before=NOW,
        not_valid_after=NOW + dt.timedelta(days=9),
    )
    if names:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(each) for each in names])
        builder = builder.add_extension(alternatives, critical=False)
    return crypto.X509.from_cryptography(builder.sign(key, hashes.SHA256()))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["news.example"], None),
        (["other.example"], "certificate is not for news.example"),
        ([], "certificate cannot be held against news.example: Certificate does not contain any"),
        (["*.example"], "certificate cannot be held against news.example: Certificate's DNS-ID"),
    ],
)
def test_the_reason_why_a_certificate_does_not_fit_is_told(names, said):
    reason = _host_mismatch(certificate(*names), "news.example")
    assert reason == said or (reason is not None and said is not None and reason.startswith(said))
    assert reason is None or len(reason) <= 300
