"""The tree against RFC 6962's own definition, and proofs that hold or fail."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.journal import merkle

batches = st.lists(st.binary(max_size=8), min_size=1, max_size=70).map(
    lambda contents: [merkle.hash_leaf(content) for content in contents]
)


def tree_hash(leaves: list[bytes]) -> bytes:
    """Section 2.1: split at the largest power of two smaller than the size."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + tree_hash(leaves[:split]) + tree_hash(leaves[split:])).digest()


@given(batches)
def test_the_root_is_the_one_the_standard_defines(leaves):
    assert merkle.root(leaves) == tree_hash(leaves)


def test_known_roots_of_the_certificate_transparency_test_vectors():
    contents = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        bytes(range(0x60, 0x70)),
    ]
    leaves = [merkle.hash_leaf(content) for content in contents]
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root([]).hex() == empty
    one = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(leaves[:1]).hex() == one
    eight = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert merkle.root(leaves).hex() == eight


@given(batches, st.data())
def test_every_leaf_can_be_proved_to_be_inside(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle.inclusion_path(leaves, index)
    assert merkle.verify_inclusion(
        leaf=leaves[index], index=index, size=len(leaves), path=path, root=merkle.root(leaves)
    )


@given(batches, st.data())
def test_a_proof_fails_for_any_other_leaf_place_size_or_path(leaves, data):
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    right = {
        "leaf": leaves[index],
        "index": index,
        "size": size,
        "path": merkle.inclusion_path(leaves, index),
        "root": merkle.root(leaves),
    }
    stranger = merkle.hash_leaf(b"a stranger's nine bytes")
    wrong = [
        {"leaf": stranger},
        {"root": stranger},
        {"path": [*right["path"], stranger]},
        {"index": size},
        {"index": -1},
    ]
    if right["path"]:
        wrong.append({"path": right["path"][:-1]})
        wrong.append({"path": [stranger, *right["path"][1:]]})
    for change in wrong:
        assert not merkle.verify_inclusion(**{**right, **change}), change


@given(st.integers(2, 70), st.data())
def test_a_leaf_cannot_be_shown_at_another_place(size, data):
    leaves = [merkle.hash_leaf(bytes([number])) for number in range(size)]
    index, other = data.draw(
        st.lists(st.integers(0, size - 1), min_size=2, max_size=2, unique=True)
    )
    assert not merkle.verify_inclusion(
        leaf=leaves[index],
        index=other,
        size=size,
        path=merkle.inclusion_path(leaves, index),
        root=merkle.root(leaves),
    )


def test_a_joint_cannot_pass_for_a_leaf():
    left, right = merkle.hash_leaf(b"kiri"), merkle.hash_leaf(b"kanan")
    assert merkle.hash_leaf(left + right) != merkle.join(left, right)


def test_there_is_no_path_to_a_leaf_that_is_not_there():
    with pytest.raises(IndexError):
        merkle.inclusion_path([merkle.hash_leaf(b"")], 1)
