import pickle
from dataclasses import FrozenInstanceError

import pytest

from wxr.model import Comment, Post
from wxr.parser.making import maker


def test_what_a_maker_makes_is_the_frozen_record_itself() -> None:
    made = maker(Post)(id=1, title="T", comments=(maker(Comment)(id=2),))

    assert type(made) is Post
    assert made == Post(id=1, title="T", comments=(Comment(id=2),))
    assert hash(made) == hash(Post(id=1, title="T", comments=(Comment(id=2),)))
    assert pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(FrozenInstanceError):
        made.id = 3  # type: ignore[misc]


def test_a_maker_asks_for_what_its_record_asks_for() -> None:
    with pytest.raises(TypeError, match="id"):
        maker(Post)(title="T")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="colour"):
        maker(Post)(id=1, colour="red")  # type: ignore[call-arg]
