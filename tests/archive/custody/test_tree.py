"""RFC 6962 over the vectors that the certificate-transparency project publishes."""

import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.custody.tree import (
    EMPTY,
    Tree,
    consistency_paths,
    inclusion_path,
    inclusion_paths,
    is_consistent,
    leaf_hash,
    root_from_path,
)

# github.com/google/certificate-transparency, merkletree/merkle_tree_test.cc
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}


# github.com/transparency-dev/merkle, testdata
CONSISTENCY = {
    (1, 8): PATHS[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[3],
    ],
    (2, 5): [PATHS[0, 8][1], "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
    (8, 8): [],
}


def root_of(leaves):
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def test_published_roots():
    assert EMPTY == root_of([]) == hashlib.sha256(b"").digest()
    tree = Tree()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        tree.append(leaf)
        assert tree.root().hex() == root


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_published_paths(index, size):
    path = inclusion_path(LEAVES[:size], index)
    assert [one.hex() for one in path] == PATHS[index, size]
    assert root_from_path(LEAVES[index], index, size, path).hex() == ROOTS[size - 1]


def plain_root(leaves):
    """The definition of section 2.1, word for word."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    pair = b"\1" + plain_root(leaves[:split]) + plain_root(leaves[split:])
    return hashlib.sha256(pair).digest()


def leaves_of(size):
    return [number.to_bytes(2, "big") for number in range(size)]


@given(st.integers(1, 130), st.data())
def test_a_path_leads_to_the_root_from_its_leaf_alone(size, data):
    leaves = leaves_of(size)
    index = data.draw(st.integers(0, size - 1))
    root = plain_root(leaves)
    assert root_of(leaves) == root
    path = inclusion_path(leaves, index)
    assert root_from_path(leaves[index], index, size, path) == root
    for other in (leaves[index] + b"x", b""):
        assert root_from_path(other, index, size, path) != root
    for wrong in ([*path, b"x" * 32], path[:-1] if path else [b""]):
        with pytest.raises(ValueError, match="path"):
            root_from_path(leaves[index], index, size, wrong)
    elsewhere = data.draw(st.integers(0, size - 1))
    if elsewhere != index:
        with contextlib.suppress(ValueError):
            assert root_from_path(leaves[index], elsewhere, size, path) != root


@pytest.mark.parametrize("index", [-1, 3])
def test_a_leaf_that_is_not_there_has_no_path(index):
    with pytest.raises(IndexError):
        inclusion_path(leaves_of(3), index)
    with pytest.raises(ValueError, match="outside"):
        root_from_path(b"", index, 3, [])


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40), st.data())
def test_many_paths_in_one_pass_are_those_that_each_leaf_has(leaves, data):
    wanted = data.draw(st.sets(st.integers(0, len(leaves) - 1)))
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    paths = inclusion_paths(leaves, wanted)
    assert set(paths) == wanted
    for index, path in paths.items():
        assert root_from_path(leaves[index], index, len(leaves), path) == tree.root()


@pytest.mark.parametrize(("first", "size"), CONSISTENCY)
def test_published_consistency_paths(first, size):
    path = consistency_paths(LEAVES, size, [first])[first]
    assert [one.hex() for one in path] == CONSISTENCY[first, size]
    roots = [bytes.fromhex(root) for root in ROOTS]
    assert is_consistent(first, roots[first - 1], size, roots[size - 1], path)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 21, 64, 65])
def test_a_tree_is_consistent_with_what_it_was_and_with_nothing_else(size):
    leaves = leaves_of(size)
    paths = consistency_paths(leaves, size, range(1, size + 1))
    roots = [root_of(leaves[:count]) for count in range(size + 1)]
    for first, path in paths.items():
        assert is_consistent(first, roots[first], size, roots[size], path)
        assert not is_consistent(first, roots[first - 1], size, roots[size], path)
        assert not is_consistent(first, roots[first], size, roots[size - 1], path)
        assert not is_consistent(first, roots[first], size, roots[size], [*path, EMPTY])
        assert not path or not is_consistent(first, roots[first], size, roots[size], path[1:])
        assert not path or not is_consistent(first, roots[first], size, roots[size], path[:-1])


@pytest.mark.parametrize("first", [0, -1, 6])
def test_a_tree_that_never_was_has_no_path(first):
    with pytest.raises(ValueError, match="no tree"):
        consistency_paths(LEAVES, 5, [first])
    assert not is_consistent(first, EMPTY, 5, EMPTY, [EMPTY])
    with pytest.raises(ValueError, match="8 leaves"):
        consistency_paths(LEAVES, 9, [3])
