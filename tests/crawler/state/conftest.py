from contextlib import ExitStack, closing

import pytest

from crawler.state.post_memory import open_memory


@pytest.fixture
def connect(tmp_path):
    """Opens the memory of posts, which is closed behind the test."""
    with ExitStack() as left:
        yield lambda: left.enter_context(closing(open_memory(tmp_path)))
