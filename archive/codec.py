"""Values of the data model as JSON and back: the one wrapper of msgspec."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")


class Excerpt(msgspec.Struct, kw_only=True, gc=False):
    """Base of what is wanted of a value that holds more: the fields that it names, as they are.

    A third of the time that a dataclass takes to read. It must not refer to itself.
    """


def to_json(value: object) -> bytes:
    """`value` as one line of UTF-8 JSON; equal values give equal bytes.

    Dataclasses become objects with every field, tuples and sets arrays, instants RFC 3339 (whole
    minutes of offset), bytes base64. A lone surrogate, which JSON in a page can smuggle into a
    text and which neither UTF-8 nor SQLite can hold, becomes U+FFFD.

    Raises: TypeError for a value that has no place in the data model.
    """
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value, enc_hook=_plain)
        return _ENCODER.encode(_without_surrogates(plain))


def from_json(data: bytes | str, type_: type[_T]) -> _T:
    """The value of `type_` that `to_json` wrote.

    Raises: ValueError where `data` is not that.
    """
    return msgspec.json.decode(data, type=type_, dec_hook=_typed_text)


def plain_json(text: bytes | str) -> Any:  # noqa: ANN401 - as `json.loads`
    """`json.loads`, to which JSON that is nested too deep to be read is bad JSON as any other.

    Raises: ValueError.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def decoder(type_: type[_T]) -> Callable[[bytes | str], _T]:
    """`from_json` for that one type, made once where there are many values to read."""
    return msgspec.json.Decoder(type_, dec_hook=_typed_text).decode


def _plain(value: object) -> object:
    """What msgspec does not take by itself."""
    if isinstance(value, str):  # Digest and its like
        return str.__str__(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no place in the data model for {type(value).__name__}")


def _typed_text(wanted: type, value: object) -> object:
    if issubclass(wanted, str) and isinstance(value, str):
        return wanted(value)
    raise NotImplementedError


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {
            _without_surrogates(name): _without_surrogates(item) for name, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value


_ENCODER = msgspec.json.Encoder(enc_hook=_plain, order="deterministic")
