"""`dateline custody`: the keys, the log at a glance, proofs made and checked."""

import argparse
import contextlib
from pathlib import Path
from zipfile import is_zipfile

from archive import (
    ArchiveFolder,
    BadProof,
    CaptureNotFound,
    CatalogueReader,
    Checked,
    CheckedPackage,
    Keyring,
    Locator,
    Proof,
    Stamp,
    Verifier,
    check,
    check_package,
    custody_state,
    prove,
    stamp,
)
from crawler import settings
from crawler.cli.exit_code import ExitCode
from crawler.cli.options import add_archive, add_json, examples, folder
from crawler.cli.screen.terminal import Screen, print_json, say, styled
from crawler.errors import ConfigError
from crawler.trusted_time import ask_authority

PROOF_LIMIT = 16 * 1024 * 1024
RECORDS_LIMIT = 4 * 1024**3


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "custody",
        help="the log of every record: its keys, its state, its proofs",
        description="The transparency log of an archive: who signs it, how far it goes, and proofs "
        "that a capture is in it.",
    )
    doing = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)

    keygen = doing.add_parser(
        "keygen",
        help="make the signing key, or change it",
        epilog=examples(
            "dateline custody keygen",
            "dateline custody keygen --rotate",
        ),
    )
    keygen.add_argument(
        "--rotate", action="store_true", help="put the present key aside and make another"
    )
    add_json(keygen)
    keygen.set_defaults(run=_keygen)

    show = doing.add_parser(
        "show",
        help="the log at a glance, and its newest checkpoint",
        epilog=examples(
            "dateline custody show --archive dateline-archive",
        ),
    )
    add_archive(show)
    add_json(show)
    show.set_defaults(run=_show)

    proving = doing.add_parser(
        "prove",
        help="write a proof that a capture is in the log",
        epilog=examples(
            "dateline custody prove https://news.example/story",
            "dateline custody prove URL --proof story.json --records story.warc.gz",
        ),
    )
    proving.add_argument(
        "capture", metavar="CAPTURE", help="its record id, or a URL: then its newest"
    )
    proving.add_argument(
        "--proof", type=folder, metavar="FILE", help="default: proof.json in this folder"
    )
    proving.add_argument(
        "--records", type=folder, metavar="FILE", help="default: proof.warc.gz in this folder"
    )
    add_archive(proving)
    add_json(proving)
    proving.set_defaults(run=_prove)

    stamping = doing.add_parser(
        "stamp",
        help="have the newest checkpoint stamped with trusted time",
        epilog=examples(
            "dateline custody stamp https://authority.example/tsr --roots authority.pem",
        ),
    )
    stamping.add_argument("authority", metavar="URL", help="of a time stamp authority (RFC 3161)")
    stamping.add_argument(
        "--roots",
        type=folder,
        required=True,
        metavar="FILE",
        help="its certificates in PEM, the root first; kept beside the stamp",
    )
    add_archive(stamping)
    add_json(stamping)
    stamping.set_defaults(run=_stamp)

    checking = doing.add_parser(
        "check",
        help="check a proof, without any archive or network",
        epilog=examples(
            "dateline custody check proof.json proof.warc.gz --key dateline.pub",
            "dateline custody check story.wacz.custody.jsonl story.wacz --key dateline.pub",
        ),
    )
    checking.add_argument(
        "proof", type=folder, metavar="PROOF", help="what `dateline custody prove` wrote"
    )
    checking.add_argument(
        "records",
        type=folder,
        metavar="RECORDS",
        help="a WARC file, or a record; a WACZ, with the .custody.jsonl beside it as its PROOF",
    )
    checking.add_argument(
        "--key",
        metavar="KEY",
        help="the public key that you trust, or a file with it",
    )
    add_json(checking)
    checking.set_defaults(run=_check)


def _keyring() -> Keyring:
    return Keyring(Path(settings.DATELINE_KEYS))


def _keygen(options: argparse.Namespace) -> int:
    keys = _keyring()
    signer = keys.rotate() if options.rotate else keys.signer()
    if options.json:
        print_json({"key": str(signer.verifier), "folder": str(keys.folder)})
    else:
        screen = Screen()
        screen.whole(str(signer.verifier))
        say(f"the private key is {keys.folder / 'log.pem'}: keep a copy where nobody else can read")
    return ExitCode.OK


def _show(options: argparse.Namespace) -> int:
    state = custody_state(ArchiveFolder.open(options.archive))
    newest = state.newest
    if options.json:
        print_json(
            {
                "log": state.origin,
                "records": state.records,
                "events": dict(state.events),
                "keys": [str(key) for key in state.keys],
                "checkpoints": state.checkpoints,
                "checkpoint": state.note,
            }
        )
        return ExitCode.OK
    screen = Screen()
    events = ", ".join(f"{count} {kind}" for kind, count in sorted(state.events.items()))
    screen.line(styled(state.origin, "bold"), f"{state.records} records, events: {events}")
    for key in state.keys:
        screen.whole("signed by", str(key))
    if newest is None:
        screen.line(styled("never signed", "yellow"))
    else:
        covered = f"{newest.size} entries at {newest.at:%Y-%m-%d %H:%M:%S} UTC"
        screen.line(f"{state.checkpoints} checkpoints, the newest of {covered}")
        screen.whole("root", newest.root.hex())
    return ExitCode.OK


def _prove(options: argparse.Namespace) -> int:
    place = ArchiveFolder.open(options.archive)
    reader = CatalogueReader(place.catalogue)
    of_url = (one for one in reader.captures(url=options.capture) if one["status"] != 304)
    found = reader.capture(options.capture) or next(of_url, None)
    if found is None:
        raise CaptureNotFound(f"no capture {options.capture[:100]}")
    locator = Locator(warc=found["warc"], offset=found["offset"], length=found["length"])
    proof, records = prove(place, locator)
    to = options.proof or Path("proof.json")
    beside = options.records or Path("proof.warc.gz")
    for path, data in ((to, proof.to_json().encode()), (beside, records)):
        with path.open("xb") as file:  # never over something that is there
            file.write(data)
    if options.json:
        print_json({"proof": str(to), "records": str(beside), "key": str(proof.key)})
    else:
        screen = Screen()
        screen.whole(f"{len(proof.records)} records proved:", str(to), str(beside))
        screen.whole("public key", str(proof.key))
    return ExitCode.OK


def _stamp(options: argparse.Namespace) -> int:
    found = stamp(
        ArchiveFolder.open(options.archive),
        lambda request: ask_authority(options.authority, request),
        _read(options.roots, PROOF_LIMIT),
    )
    if options.json:
        print_json(stamp_view(found))
    else:
        screen = Screen()
        at = f"{found.at:%Y-%m-%d %H:%M:%S} UTC"
        screen.line(styled(f"{found.size} entries stamped at {at}", "green"))
        screen.whole("by", styled(found.authority))
    return ExitCode.OK


def stamp_view(found: Stamp) -> dict[str, str | int]:
    """A stamp as JSON has it."""
    return {
        "entries": found.size,
        "at": found.at.isoformat(),
        "authority": found.authority,
        "root_sha256": found.root_sha256,
    }


def _told(error: BadProof, options: argparse.Namespace) -> int:
    if options.json:
        print_json({"holds": False, "why": str(error)})
    say(f"the proof does not hold: {error}")
    return ExitCode.FAULTS


def _check_package(options: argparse.Namespace, key: Verifier | None) -> int:
    try:
        checked = check_package(options.records, options.proof, key=key)
    except BadProof as error:
        return _told(error, options)
    if options.json:
        print_json(
            {
                "holds": True,
                "digest": checked.digest,
                "is_whole": checked.is_whole,
                "proved": checked.proved,
                "unnamed": checked.unnamed,
                "withdrawn": checked.withdrawn,
                **_signed_view(checked, options),
            }
        )
        return ExitCode.OK
    screen = Screen()
    _draw_signed(screen, checked.proved, checked, options)
    if checked.unnamed:
        screen.line(f"{checked.unnamed} requests and notes beside them are the package's own word")
    if checked.withdrawn:
        screen.line(f"{checked.withdrawn} captures were withdrawn before it was made")
    return ExitCode.OK


def _signed_view(
    checked: Checked | CheckedPackage, options: argparse.Namespace
) -> dict[str, object]:
    return {
        "entries": checked.checkpoint.size,
        "signed_at": checked.checkpoint.at.isoformat(),
        "key": str(checked.key),
        "key_is_trusted": options.key is not None,
        "stamped_at": checked.stamped_at.isoformat() if checked.stamped_at else None,
        "stamps": [stamp_view(one) for one in checked.stamps],
    }


def _draw_signed(
    screen: Screen, count: int, checked: Checked | CheckedPackage, options: argparse.Namespace
) -> None:
    at = f"{checked.checkpoint.at:%Y-%m-%d %H:%M:%S} UTC, by the signer's own clock"
    screen.line(styled(f"{count} records are in the log of {at}", "green"))
    screen.whole("signed by", str(checked.key))
    if options.key is None:
        screen.line(styled("the key is the proof's own word: compare it, or give --key", "yellow"))
    if checked.stamped_at is not None:
        at = f"{checked.stamped_at:%Y-%m-%d %H:%M:%S} UTC"
        screen.line(styled(f"all were there at {at}, by a time stamp", "green"))
    else:
        screen.line("no trusted time for all of them" if checked.stamps else "no trusted time")
    for one in checked.stamps:
        at = f"{one.at:%Y-%m-%d %H:%M:%S} UTC"
        screen.whole(f"{one.size} entries at {at}", one.authority, f"root {one.root_sha256}")


def _check(options: argparse.Namespace) -> int:
    key = public_key(options.key) if options.key is not None else None
    if is_zipfile(options.records):
        return _check_package(options, key)
    proof = Proof.parse(_read(options.proof, PROOF_LIMIT).decode("utf-8", "replace"))
    try:
        checked = check(proof, _read(options.records, RECORDS_LIMIT), key=key)
    except BadProof as error:
        return _told(error, options)
    if options.json:
        print_json(
            {
                "holds": True,
                "capture": checked.capture,
                "records": list(checked.records),
                **_signed_view(checked, options),
            }
        )
        return ExitCode.OK
    screen = Screen()
    _draw_signed(screen, len(checked.records), checked, options)
    screen.whole("capture", checked.capture or "its own record is not among them")
    return ExitCode.OK


def _read(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ConfigError(f"{path} is larger than {limit} bytes")
    return data


def public_key(text: str) -> Verifier:
    """A public key, NAME+ID+BASE64, or that of a file that holds one.

    Raises: ConfigError.
    """
    with contextlib.suppress(OSError, ValueError):
        text = Path(text).read_text("ascii")
    try:
        return Verifier.parse(text)
    except ValueError as error:
        raise ConfigError(f"--key: not a public key: {error}") from error
