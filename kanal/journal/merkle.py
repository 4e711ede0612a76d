"""Merkle trees as RFC 6962 draws them: SHA-256, leaves marked 0x00, joints marked 0x01.

Knows nothing of Kanal or Django, so that a proof can be checked on any machine with Python.
"""

from collections.abc import Sequence
from hashlib import sha256

SIZE = 32  # bytes of one hash


def hash_leaf(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root above `leaves`, which are hashes already (`hash_leaf`)."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = _climb(level)
    return level[0]


def _climb(level: list[bytes]) -> list[bytes]:
    """The next level up; a hash without a partner rises as it is.

    This gives the same tree as splitting at the largest power of two below the size.
    """
    above = [join(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    if len(level) % 2:
        above.append(level[-1])
    return above


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours that lead from the leaf at `index` up to the root, lowest first."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    path = []
    level = list(leaves)
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        level = _climb(level)
        index //= 2
    return path


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether `leaf` stands at `index` in the tree of `size` leaves under `root`."""
    if not 0 <= index < size:
        return False
    here, last, climbed = index, size - 1, leaf
    for neighbour in path:
        if last == 0:
            return False
        # A lone hash at the right edge rose without a partner: skip those levels.
        while here == last and here % 2 == 0:
            here, last = here // 2, last // 2
            if last == 0:
                return False
        climbed = join(neighbour, climbed) if here % 2 else join(climbed, neighbour)
        here, last = here // 2, last // 2
    while last and here == last and here % 2 == 0:
        here, last = here // 2, last // 2
    return last == 0 and climbed == root
