"""The Merkle tree of RFC 6962, section 2.1, made leaf by leaf in memory that hardly grows.

What enters as a leaf is 32 bytes: the SHA-256 of a whole record, or of an event's text. So

    leaf = SHA-256(0x00 || SHA-256(record))      node = SHA-256(0x01 || left || right)
"""

import hashlib
from collections.abc import Iterable, Sequence
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
    path: list[bytes] = []
    peaks: list[tuple[bytes, bool]] = []

    def join(left: tuple[bytes, bool], right: tuple[bytes, bool]) -> tuple[bytes, bool]:
        if left[1]:
            path.append(right[0])
        elif right[1]:
            path.append(left[0])
        return node_hash(left[0], right[0]), left[1] or right[1]

    size = 0
    for data in leaves:
        node = (leaf_hash(data), size == index)
        lower = size
        while lower & 1:
            node = join(peaks.pop(), node)
            lower >>= 1
        peaks.append(node)
        size += 1
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    node = peaks.pop()
    while peaks:
        node = join(peaks.pop(), node)
    return path


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
