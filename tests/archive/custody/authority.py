"""A time stamp authority of our own: the real `openssl ts`."""

import subprocess

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
default_policy = 1.2.3.4
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
[stamping]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
"""


def openssl(*args, **given):
    done = subprocess.run(["openssl", *map(str, args)], capture_output=True, check=False, **given)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


class Authority:
    def __init__(self, folder, name):
        self.folder = folder
        folder.mkdir()
        self.config = folder / "openssl.cnf"
        self.config.write_text(CONFIG.format(folder=folder))
        for key in ("root", "tsa"):
            openssl(
                "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self / f"{key}.key"
            )
        openssl(
            "req", "-x509", "-new", "-key", self / "root.key", "-subj", f"/CN={name} root",
            "-days", "30", "-config", self.request_config(), "-extensions", "root",
            "-out", self / "root.pem",
        )  # fmt: skip
        openssl(
            "req", "-new", "-key", self / "tsa.key", "-subj", f"/CN={name}",
            "-config", self.request_config(), "-out", self / "tsa.csr",
        )  # fmt: skip
        openssl(
            "x509", "-req", "-in", self / "tsa.csr", "-CA", self / "root.pem",
            "-CAkey", self / "root.key", "-set_serial", "2", "-days", "30",
            "-extfile", self.config, "-extensions", "stamping", "-out", self / "tsa.pem",
        )  # fmt: skip
        (self / "serial").write_text("01\n")

    def __truediv__(self, name):
        return self.folder / name

    def request_config(self):
        path = self / "request.cnf"
        path.write_text("[req]\ndistinguished_name = dn\n[dn]\n" + self.config.read_text())
        return path

    @property
    def roots(self):
        return (self / "root.pem").read_bytes()

    def answer(self, request):
        (self / "query").write_bytes(request)
        openssl(
            "ts", "-reply", "-config", self.config, "-section", "here",
            "-queryfile", self / "query", "-out", self / "answer",
        )  # fmt: skip
        return (self / "answer").read_bytes()
