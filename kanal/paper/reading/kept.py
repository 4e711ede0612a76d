"""A property worked out once for each object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class kept(Generic[Value]):
    """As functools.cached_property, which until Python 3.12 has all threads wait for each other:
    several readers work side by side. Done twice by two threads, it comes to the same."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self.work, self.name = work, work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, one: None, owner: type) -> Self: ...
    @overload
    def __get__(self, one: object, owner: type) -> Value: ...
    def __get__(self, one: object | None, owner: type) -> Self | Value:
        if one is None:
            return self
        found = one.__dict__[self.name] = self.work(one)
        return found
