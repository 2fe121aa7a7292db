"""The Merkle tree of RFC 6962, section 2.1, made leaf by leaf in memory that hardly grows.

What enters as a leaf is 32 bytes: the SHA-256 of a whole record, or of an event's text. So

    leaf = SHA-256(0x00 || SHA-256(record))      node = SHA-256(0x01 || left || right)
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; the log's are of 32 bytes, the standard's may be any."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


@dataclass(slots=True)
class Tree:
    """A tree that grows at its right end. Holds one hash a level."""

    size: int = 0
    _peaks: list[bytes] = field(default_factory=list)
    """Roots of the whole subtrees that `size` is the sum of, the largest first."""

    def append(self, data: bytes) -> None:
        """Add a leaf."""
        node = leaf_hash(data)
        size = self.size
        while size & 1:
            node = node_hash(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole tree as it is now."""
        if not self._peaks:
            return EMPTY
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def copy(self) -> "Tree":
        """The same tree, to grow by itself."""
        return Tree(self.size, list(self._peaks))


def inclusion_path(leaves: Iterable[bytes], index: int) -> list[bytes]:
    """What is needed beside leaf `index` to come to the root of `leaves`, from below upwards.

    Source: RFC 6962, section 2.1.1. One pass over the leaves.

    Raises: IndexError where there is no such leaf.
    """
    return inclusion_paths(leaves, [index])[index]


def inclusion_paths(leaves: Iterable[bytes], indexes: Iterable[int]) -> dict[int, list[bytes]]:
    """The `inclusion_path` of several leaves, in one pass. Raises: as that."""
    paths: dict[int, list[bytes]] = {index: [] for index in indexes}
    peaks: list[_Subtree] = []
    size = 0
    for data in leaves:
        node = _Subtree(leaf_hash(data), [paths[size]] if size in paths else [])
        lower = size
        while lower & 1:
            node = _joined(peaks.pop(), node)
            lower >>= 1
        peaks.append(node)
        size += 1
    if missing := [index for index in paths if not 0 <= index < size]:
        raise IndexError(f"no leaf {missing[0]} in a tree of {size}")
    while len(peaks) > 1:
        right = peaks.pop()
        peaks.append(_joined(peaks.pop(), right))
    return paths


@dataclass(frozen=True, slots=True)
class _Subtree:
    node: bytes
    paths: list[list[bytes]]
    """Those of the wanted leaves that lie in it."""


def _joined(left: _Subtree, right: _Subtree) -> _Subtree:
    for path in left.paths:
        path.append(right.node)
    for path in right.paths:
        path.append(left.node)
    return _Subtree(node_hash(left.node, right.node), left.paths + right.paths)


def root_from_path(data: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root of the tree of `size` leaves in which `data` is leaf `index`.

    Source: RFC 9162, section 2.1.3.2, which checks what RFC 6962 makes.

    Raises: ValueError where the path is not one of such a leaf.
    """
    if not 0 <= index < size:
        raise ValueError("the leaf lies outside the tree")
    node, last = leaf_hash(data), size - 1
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if index & 1 or index == last:
            node = node_hash(sibling, node)
            while not index & 1 and index:
                index >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        index >>= 1
        last >>= 1
    if last:
        raise ValueError("the path is too short")
    return node


def consistency_paths(
    leaves: Iterable[bytes], size: int, firsts: Iterable[int]
) -> dict[int, list[bytes]]:
    """For each of `firsts`, what shows that the tree of so many leaves became that of `size`.

    Source: RFC 6962, section 2.1.2. One pass over the first `size` of `leaves`.

    Raises: ValueError where one is not in 1…`size`, or there are not so many leaves.
    """
    spans = {first: _spans(first, size) for first in firsts}
    wanted = {span for some in spans.values() for span in some}
    found: dict[tuple[int, int], bytes] = {}
    if wanted:
        _node(iter(leaves), 0, size, wanted, found)
    return {first: [found[span] for span in some] for first, some in spans.items()}


def _spans(first: int, size: int) -> list[tuple[int, int]]:
    """The subtrees, as spans of leaves, that the proof from `first` to `size` is made of."""
    if not 0 < first <= size:
        raise ValueError(f"no tree of {first} leaves became one of {size}")
    spans: list[tuple[int, int]] = []
    low, high, is_known = 0, size, True
    while first != high:
        middle = low + _split(high - low)
        if first <= middle:
            spans.append((middle, high))
            high = middle
        else:
            spans.append((low, middle))
            low, is_known = middle, False
    if not is_known:
        spans.append((low, high))
    return spans[::-1]


def _node(
    leaves: Iterator[bytes],
    low: int,
    high: int,
    wanted: set[tuple[int, int]],
    found: dict[tuple[int, int], bytes],
) -> bytes:
    """The hash over leaves `low` to `high`, which come next; those that are wanted are kept."""
    if high - low == 1:
        data = next(leaves, None)
        if data is None:
            raise ValueError(f"there are {low} leaves")
        node = leaf_hash(data)
    else:
        middle = low + _split(high - low)
        left = _node(leaves, low, middle, wanted, found)
        node = node_hash(left, _node(leaves, middle, high, wanted, found))
    if (low, high) in wanted:
        found[low, high] = node
    return node


def _split(count: int) -> int:
    """How many of `count` leaves are in the left subtree: the largest power of 2 below it."""
    return 1 << ((count - 1).bit_length() - 1)


def is_consistent(
    first: int, first_root: bytes, size: int, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether `path` shows that the tree of `first` leaves became that of `size`.

    Source: RFC 9162, section 2.1.4.2, which checks what RFC 6962 makes.
    """
    if first == size:
        return first_root == root and not path
    if not 0 < first < size or not path:
        return False
    nodes = list(path)
    if first & (first - 1) == 0:  # it is a whole subtree, and its root is known
        nodes.insert(0, first_root)
    inner, last = first - 1, size - 1
    while inner & 1:
        inner >>= 1
        last >>= 1
    old = new = nodes[0]
    for node in nodes[1:]:
        if last == 0:
            return False
        if inner & 1 or inner == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not inner & 1 and inner:
                inner >>= 1
                last >>= 1
        else:
            new = node_hash(new, node)
        inner >>= 1
        last >>= 1
    return (old, new, last) == (first_root, root, 0)
