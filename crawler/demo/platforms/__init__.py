"""The social platforms: which host answers what, all of it following from the table of posts.

Shapes are those that the platforms gave in 2026, cut to the fields that a reader uses. What they
do to strangers is here too: login redirects, bot walls, shells that say nothing without a script.
"""

from collections.abc import Callable, Mapping

from crawler.demo.platforms import bluesky, mastodon, meta, telegram, video, web_archive, x
from crawler.demo.server import Answer, Asked

PLATFORMS: Mapping[str, Callable[[Asked], Answer]] = {
    **x.HOSTS,
    **telegram.HOSTS,
    **bluesky.HOSTS,
    **mastodon.HOSTS,
    **video.HOSTS,
    **meta.HOSTS,
    **web_archive.HOSTS,
}
