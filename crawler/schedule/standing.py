"""How an article stands: the archive's own rule, under the names that schedules use."""

from archive import ArticleState as State
from archive import Look, Seen, Standing, after, standing

__all__ = ["Look", "Seen", "Standing", "State", "after", "standing"]
