"""Frozen records, made without the price of freezing.

A frozen dataclass sets each field by way of `object.__setattr__`, which takes four
times as long as setting it; an export has millions of fields. A maker is the same class
but not frozen: it fills its instance, which then becomes one of the frozen class.
"""

from dataclasses import MISSING, dataclass, fields
from typing import Any, Final, TypeVar

from wxr.model import Comment, Post

Record = TypeVar("Record")


def maker(frozen: type[Record]) -> type[Record]:
    """Give a class whose call makes instances of a frozen, slotted dataclass.

    It takes what the frozen class takes, and what it gives is frozen.
    """

    def become_frozen(self: object) -> None:
        self.__class__ = frozen

    own = fields(frozen)  # type: ignore[arg-type]  # it is a dataclass
    namespace: dict[str, Any] = {
        each.name: each.default for each in own if each.default is not MISSING
    }
    namespace["__annotations__"] = {each.name: each.type for each in own}
    namespace["__post_init__"] = become_frozen
    thawed = type(frozen.__name__, (), namespace)
    return dataclass(slots=True, kw_only=True)(thawed)


make_post: Final = maker(Post)
make_comment: Final = maker(Comment)
