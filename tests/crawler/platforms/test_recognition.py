"""Which URL is which post, platform by platform, and which only looks like one."""

import pytest

from crawler.platforms.registry import everyone, recognise

DID = "did:plc:qqqqwwww2222eeee3333rrrr"
TID = "3lm5c7yqk2s2x"
FACEBOOK_FRAME = (
    "https://www.facebook.com/plugins/post.php?show_text=true&href="
    "https%3A%2F%2Fwww.facebook.com%2Fharbour.news%2Fposts%2F1020304050607"
)
PFBID = "pfbid0AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"

# Each platform's URLs; None: the same post as the first line's.
POSTS = {
    "x": [
        ("https://twitter.com/ferry_watch/status/1500000000000000001", "1500000000000000001"),
        ("https://x.com/ferry_watch/status/1500000000000000001?s=46&t=aBc", "1500000000000000001"),
        ("http://mobile.twitter.com/ferry_watch/statuses/1500000000000000001", None),
        ("//www.twitter.com/ferry_watch/status/1500000000000000001#m", None),
        ("HTTPS://WWW.X.COM/ferry_watch/status/1500000000000000001", None),
        ("https://twitter.com/statuses/1500000000000000001", None),
        ("https://twitter.com/i/status/1500000000000000001", None),
        ("https://twitter.com/i/web/status/1500000000000000001", None),
        ("https://twitter.com/#!/ferry_watch/status/1500000000000000001", None),
        ("https://x.com/ferry_watch/status/1500000000000000001/photo/1", None),
        ("https://x.com/ferry_watch/status/1500000000000000001/quotes", None),
        ("https://x.com/ferry_watch/status/1500000000000000001/mediaviewer", None),
        ("https://twitter.com/i/cards/tfw/v1/1500000000000000001", None),
        ("https://twitter.com/i/videos/1500000000000000001", None),
        ("https://twitter.com/i/videos/tweet/1500000000000000001", None),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=1&id=1500000000000000001", None),
        ("https://platform.x.com/embed/index.html?id=1500000000000000001", None),
        ("https://nitter.kites.example/ferry_watch/status/1500000000000000001#m", None),
        ("https://fxtwitter.com/ferry_watch/status/1500000000000000001/de", None),
        ("https://xcancel.com/ferry_watch/status/1500000000000000001", None),
        ("https://twitter.com/ferry_watch/status/1500000000000000001%20", None),
        ("https://twitter.com/ferry_watch/status/1500000000000000001%22", None),
        ('https://twitter.com/ferry_watch/status/1500000000000000001"', None),
        ("https://twitter.com/ferry_watch/status/%201500000000000000001", None),
        ("https://twitter.com/ferry_watch/status/20", "20"),
        ("https://twitter.com/ferry_watch/status/1500000000000000001).", "1500000000000000001"),
        ("https://twitter.com/ferry_watch/Status/1500000000000000001", "1500000000000000001"),
        ("https://twitter.com/@ferry_watch/status/1500000000000000001", "1500000000000000001"),
        ("http://twitter.com/#%21/ferry_watch/status/1500000000000000001", "1500000000000000001"),
        ("http://twitter.com/kai#!/ferry_watch/status/1500000000000000001", "1500000000000000001"),
        ("https://threadreaderapp.com/thread/1500000000000000001.html", "1500000000000000001"),
        ("https://en.rattibha.com/thread/1500000000000000001", "1500000000000000001"),
        ("https://twstalker.com/ferry_watch/status/1500000000000000001", "1500000000000000001"),
        ("https://www.sotwe.com/tweet/1500000000000000001", "1500000000000000001"),
        ("https://unrollnow.com/status/1500000000000000001", "1500000000000000001"),
        ("https://x.com/ferry_watch/article/1500000000000000001", "1500000000000000001"),
    ],
    "telegram": [
        ("https://t.me/HarbourNews/321", "harbournews/321"),
        ("https://t.me/s/harbournews/321", None),
        ("https://t.me/harbournews/7/321", None),
        ("https://t.me/harbournews/321?single", None),
        ("https://t.me/harbournews/321?comment=5", None),
        ("https://telegram.me/harbournews/321", None),
        ("https://telegram.dog/harbournews/321?embed=1&mode=tme", None),
        ("https://harbournews.t.me/321", None),
        ("tg://resolve?domain=harbournews&post=321", None),
        ("https://t.me/@harbournews/321", None),
        ("https://t.me/harbournews/321).", None),
        ("https://t.me/harbournews/321,322,323", None),
        ("https://tgstat.ru/channel/@harbournews/321", None),
        ("https://uk.tgstat.com/channel/@harbournews/321", None),
        ("https://tgstat.com/en/channel/@harbournews/321", None),
        ("https://telete.in/s/harbournews/321", None),
    ],
    "bluesky": [
        (f"https://bsky.app/profile/Ferry.Example/post/{TID}", f"ferry.example/{TID}"),
        (f"https://bsky.app/profile/{DID}/post/{TID}?ref_src=embed", f"{DID}/{TID}"),
        (f"https://bsky.app/profile/did%3Aplc%3A{DID[8:]}/post/{TID}", f"{DID}/{TID}"),
        (f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/{TID}?id=9", f"{DID}/{TID}"),
        (f"at://{DID}/app.bsky.feed.post/{TID}", f"{DID}/{TID}"),
        (f"at://ferry.example/app.bsky.feed.post/{TID}", f"ferry.example/{TID}"),
        (f"https://main.bsky.dev/profile/ferry.example/post/{TID}", f"ferry.example/{TID}"),
        (f"https://deer.social/profile/ferry.example/post/{TID}", f"ferry.example/{TID}"),
        (f"https://skyview.social/?url=https://bsky.app/profile/{DID}/post/{TID}", f"{DID}/{TID}"),
        (f"https://bsky.link/?url=https://bsky.app/profile/{DID}/post/{TID}", f"{DID}/{TID}"),
        (f"https://bsky.app/profile/@ferry.example/post/{TID}", f"ferry.example/{TID}"),
        (f"https://bsky.app/profile/ferry.example/post/{TID})", f"ferry.example/{TID}"),
    ],
    "mastodon": [
        ("https://tide.example/@kai/112000000000000001", "tide.example/112000000000000001"),
        ("https://tide.example/@kai@reef.example/112000000000000001", None),
        ("https://tide.example/users/kai/statuses/112000000000000001", None),
        ("https://tide.example/ap/users/1150/statuses/112000000000000001", None),
        ("https://tide.example/web/@kai/112000000000000001", None),
        ("https://tide.example/deck/@kai/112000000000000001", None),
        ("https://tide.example/web/statuses/112000000000000001", None),
        ("https://tide.example/statuses/112000000000000001", None),
        ("https://tide.example/@kai/112000000000000001/embed", None),
        ("https://old.tide.example/@kai/4711", "old.tide.example/4711"),
        ("https://old.tide.example/@kai/4711).", "old.tide.example/4711"),
    ],
    "youtube": [
        ("https://www.youtube.com/watch?v=aB3-_dEfGhI&t=42s", "aB3-_dEfGhI"),
        ("https://www.youtube.com/watch?feature=share&amp;v=aB3-_dEfGhI", None),
        ("https://m.youtube.com/watch?v=aB3-_dEfGhI", None),
        ("https://music.youtube.com/watch?v=aB3-_dEfGhI", None),
        ("https://youtu.be/aB3-_dEfGhI?si=xyz", None),
        ("//www.youtube.com/embed/aB3-_dEfGhI?rel=0", None),
        ("https://www.youtube-nocookie.com/embed/aB3-_dEfGhI", None),
        ("https://www.youtube.com/v/aB3-_dEfGhI&hl=en", None),
        ("https://www.youtube.com/e/aB3-_dEfGhI", None),
        ("https://www.youtube.com/shorts/aB3-_dEfGhI", None),
        ("https://www.youtube.com/live/aB3-_dEfGhI?feature=shared", None),
        ("https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3DaB3-_dEfGhI", None),
        ("https://www.youtube.com/oembed?format=json&url=https://youtu.be/aB3-_dEfGhI", None),
        ("https://yewtu.be/watch?v=aB3-_dEfGhI", None),
        ("https://www.youtube.com/watch_popup?v=aB3-_dEfGhI", None),
        ("https://www.youtube.com/watch/aB3-_dEfGhI", None),
        ("https://www.youtube.com/watch%3Fv%3DaB3-_dEfGhI", None),
        ("http://www.youtube.com/watch#!v=aB3-_dEfGhI", None),
        ("http://m.youtube.com/#/watch?v=aB3-_dEfGhI", None),
        ("http://www.youtube.com/user/harbour#p/u/3/aB3-_dEfGhI", None),
        ("http://www.youtube.com/user/harbour?v=aB3-_dEfGhI", None),
        ("http://www.youtube.com/view_play_list?p=PLx&v=aB3-_dEfGhI", None),
        ("http://www.youtube.com/verify_age?next_url=/watch%3Fv%3DaB3-_dEfGhI", None),
        (
            (
                "https://consent.youtube.com/m?continue="
                "https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DaB3-_dEfGhI%26hl%3Dde&gl=DE"
            ),
            "aB3-_dEfGhI",
        ),
        ("https://youtu.be/watch?v=aB3-_dEfGhI", None),
        ("https://yewtu.be/aB3-_dEfGhI", None),
        ("https://inv.kites.example/watch?v=aB3-_dEfGhI", None),
        ("https://ghostarchive.org/varchive/youtube/20240516/aB3-_dEfGhI", None),
        ("https://ghostarchive.org/varchive/aB3-_dEfGhI", None),
        ("https://archive.org/details/youtube-aB3-_dEfGhI", None),
        ("https://www.youtube.com/post/UgkxAbCdEfGhIjKlMn0", "UgkxAbCdEfGhIjKlMn0"),
        (
            "https://www.youtube.com/channel/UCx/community?lb=UgkxAbCdEfGhIjKlMn0",
            "UgkxAbCdEfGhIjKlMn0",
        ),
    ],
    "instagram": [
        ("https://www.instagram.com/p/CxYz01-_abC/?igsh=zzz", "CxYz01-_abC"),
        ("https://instagram.com/reel/CxYz01-_abC", None),
        ("https://m.instagram.com/reels/CxYz01-_abC/", None),
        ("https://www.instagram.com/tv/CxYz01-_abC/", None),
        ("https://www.instagram.com/ferry.watch/p/CxYz01-_abC/", None),
        ("https://www.instagram.com/ferry.watch/reel/CxYz01-_abC/", None),
        ("https://www.instagram.com/ferry.watch/reels/CxYz01-_abC/", None),
        ("https://www.instagram.com/p/CxYz01-_abC).", None),
        ("https://www.instagram.com/p/CxYz01-_abC/embed/captioned/", None),
        ("https://www.instagram.com/p/CxYz01-_abC/media/?size=l", None),
        ("https://instagr.am/p/CxYz01-_abC", None),
        ("https://www.ddinstagram.com/p/CxYz01-_abC/", None),
        ("https://imginn.com/p/CxYz01-_abC/", None),
        (f"https://www.instagram.com/p/CxYz01-_abC{'Q' * 28}/", None),
        ("https://www.instagram.com/accounts/login/?next=%2Fp%2FCxYz01-_abC%2F", None),
        ("https://www.instagram.com/p/BqWe4/", "BqWe4"),
    ],
    "facebook": [
        ("https://www.facebook.com/harbour.news/posts/1020304050607", "1020304050607"),
        ("https://m.facebook.com/harbour.news/posts/a-storm-is-near/1020304050607/", None),
        (f"https://www.facebook.com/harbour.news/posts/{PFBID}", PFBID),
        ("https://mbasic.facebook.com/story.php?story_fbid=1020304050607&id=99887766", None),
        ("https://www.facebook.com/permalink.php?story_fbid=1020304050607&id=99887766", None),
        ("https://de-de.facebook.com/harbour.news/videos/1020304050607/", None),
        ("https://www.facebook.com/harbour.news/videos/a-storm/1020304050607", None),
        ("https://www.facebook.com/harbour.news/videos/vb.1/1020304050607/?type=2", None),
        ("https://www.facebook.com/watch/?v=1020304050607", None),
        ("https://www.facebook.com/watch/live/?v=1020304050607", None),
        ("https://www.facebook.com/video.php?v=1020304050607", None),
        ("https://www.facebook.com/reel/1020304050607", None),
        ("https://www.facebook.com/photo.php?fbid=1020304050607&set=a.1", None),
        ("https://www.facebook.com/photo/?fbid=1020304050607", None),
        ("https://www.facebook.com/harbour.news/photos/pcb.12/1020304050607/?type=3", None),
        ("https://www.facebook.com/groups/sailors/permalink/1020304050607/", None),
        ("https://www.facebook.com/groups/sailors/posts/1020304050607/", None),
        ("https://www.facebook.com/video/embed?video_id=1020304050607", None),
        ("https://www.facebook.com/video/video.php?v=1020304050607", None),
        ("https://www.facebook.com/99887766_1020304050607", None),
        ("https://www.facebook.com/#!/harbour.news/posts/1020304050607", None),
        ("https://www.facebook.com/home.php#!/harbour.news/posts/1020304050607", None),
        ("https://www.facebook.com/harbour.news?story_fbid=1020304050607&id=99887766", None),
        ("https://www.facebook.com/profile.php?story_fbid=1020304050607&id=99887766", None),
        ("https://www.facebook.com/harbour.news/posts/1020304050607:0", None),
        ("https://www.facebook.com/pg/harbour.news/posts/1020304050607", None),
        ("https://www.facebook.com/groups/sailors/?multi_permalinks=1020304050607", None),
        ("https://www.facebook.com/notes/harbour/a-storm-is-near/1020304050607/", None),
        ("https://www.facebook.com/gaming/harbour/videos/1020304050607", None),
        ("https://www.facebook.com/harbour.news/reels/1020304050607", None),
        (
            (
                "https://www.facebook.com/login/?next="
                "https%3A%2F%2Fwww.facebook.com%2Fharbour.news%2Fposts%2F1020304050607"
            ),
            "1020304050607",
        ),
        (FACEBOOK_FRAME, None),
    ],
    "tiktok": [
        ("https://www.tiktok.com/@ferry.watch/video/7200000000000000001", "7200000000000000001"),
        ("https://proxitok.kites.example/@kai/video/7200000000000000001", "7200000000000000001"),
        ("https://www.tiktok.com/@ferry.watch/photo/7200000000000000001?lang=en", None),
        ("https://www.tiktok.com/@/video/7200000000000000001", None),
        ("https://m.tiktok.com/v/7200000000000000001.html", None),
        ("https://www.tiktok.com/embed/7200000000000000001", None),
        ("https://www.tiktok.com/embed/v2/7200000000000000001?lang=en", None),
        ("https://www.tiktok.com/embed/v3/7200000000000000001", None),
        ("https://www.tiktok.com/player/v1/7200000000000000001", None),
        ("https://www.tiktok.com/share/video/7200000000000000001/", None),
        ("https://www.tiktok.com/foryou?item_id=7200000000000000001", None),
        (
            (
                "https://www.tiktok.com/login?redirect_url="
                "https%3A%2F%2Fwww.tiktok.com%2F%40kai%2Fvideo%2F7200000000000000001"
            ),
            "7200000000000000001",
        ),
        ("https://vxtiktok.com/@ferry.watch/video/7200000000000000001", None),
    ],
    "reddit": [
        ("https://www.reddit.com/r/harbour/comments/1a2b3c/a_storm_is_near/", "1a2b3c"),
        ("https://old.reddit.com/r/harbour/comments/1a2b3c", None),
        ("https://www.reddit.com/comments/1a2b3c/", None),
        ("https://redd.it/1a2b3c", None),
        ("https://www.reddit.com/gallery/1a2b3c", None),
        ("https://www.reddit.com/tb/1a2b3c", None),
        ("https://libreddit.kites.example/r/harbour/comments/1a2b3c/", None),
        ("https://www.unddit.com/r/harbour/comments/1a2b3c/", None),
        ("https://safereddit.com/r/harbour/comments/1a2b3c/", None),
        (
            (
                "https://www.reddit.com/over18?dest="
                "https%3A%2F%2Fwww.reddit.com%2Fr%2Fharbour%2Fcomments%2F1a2b3c%2F"
            ),
            "1a2b3c",
        ),
        ("https://www.reddit.com/user/kai_sails/comments/1a2b3c/a_storm/", "1a2b3c"),
        ("https://www.redditmedia.com/r/harbour/comments/1a2b3c/a_storm/?embed=true", "1a2b3c"),
        (
            "https://embed.reddit.com/r/harbour/comments/1a2b3c/a_storm/k4l5m6/?depth=1",
            "1a2b3c/k4l5m6",
        ),
        ("https://www.reddit.com/r/harbour/comments/1a2b3c/comment/k4l5m6/", "1a2b3c/k4l5m6"),
    ],
    "vk": [
        ("https://vk.com/wall-1234_567", "-1234_567"),
        ("https://m.vk.ru/wall-1234_567?reply=570", "-1234_567"),
        ("https://vk.com/harbour?w=wall-1234_567%2Fabc", "-1234_567"),
        ("https://vk.com/widget_post.php?owner_id=-1234&post_id=567&hash=x", "-1234_567"),
        ("https://vk.com/wall89_10", "89_10"),
        ("https://vk.com/harbour?z=photo-1234_9%2Fwall-1234_567", "-1234_567"),
        ("https://vk.com/harbour#wall-1234_567", "-1234_567"),
        ("https://vk.com/video-1234_567", "video-1234_567"),
        ("https://vkvideo.ru/video-1234_567", "video-1234_567"),
        ("https://vk.com/clip-1234_567", "video-1234_567"),
        ("https://vk.com/video_ext.php?oid=-1234&id=567&hash=x", "video-1234_567"),
    ],
    "truthsocial": [
        ("https://truthsocial.com/@kai/112000000000000001", "112000000000000001"),
        ("https://truthsocial.com/@kai/posts/112000000000000001", None),
        ("https://truthsocial.com/users/kai/statuses/112000000000000001", None),
        ("https://truthsocial.com/@kai/112000000000000001/embed", None),
        ("https://truthsocial.com/kai/posts/112000000000000001", None),
    ],
    "threads": [
        ("https://www.threads.net/@kai.sails/post/CxYz01-_abC", "CxYz01-_abC"),
        ("https://www.threads.com/@kai.sails/post/CxYz01-_abC/media", None),
        ("https://www.threads.com/t/CxYz01-_abC", None),
        ("https://www.threads.com/kai.sails/post/CxYz01-_abC", None),
        ("https://www.threads.net/@kai.sails/post/CxYz01-_abC/embed/", None),
    ],
}

NO_POSTS = [
    # X
    "https://twitter.com/ferry_watch",
    "https://twitter.com/ferry_watch/status/",
    "https://twitter.com/ferry_watch/status/latest",
    "https://twitter.com/ferry_watch/status/12345678901234567890123",
    "https://twitter.com/ferry_watch/status/0",
    "https://twitter.com/intent/tweet?url=https://twitter.com/a/status/1500000000000000001",
    "https://twitter.com/intent/like?tweet_id=1500000000000000001",
    "https://twitter.com/intent/retweet?tweet_id=1500000000000000001",
    "https://twitter.com/share?url=https://news.example/1",
    "https://twitter.com/home?status=1500000000000000001",
    "https://twitter.com/search?q=status/1500000000000000001",
    "https://twitter.com/hashtag/flood?src=hash",
    "https://twitter.com/i/events/1500000000000000001",
    "https://twitter.com/i/lists/1500000000000000001",
    "https://twitter.com/i/broadcasts/1abcdefghijkl",
    "https://twitter.com/i/spaces/1abcdefghijkl",
    "https://x.com/i/article/1500000000000000001",
    "https://x.com/way_too_long_for_a_handle/status/1500000000000000001",
    "https://platform.twitter.com/widgets.js",
    "https://pbs.twimg.com/media/AbC.jpg",
    "https://fax.com/ferry_watch/status/1500000000000000001",
    "https://x.com.evil.example/ferry_watch/status/1500000000000000001",
    "https://x.com@evil.example/ferry_watch/status/1500000000000000001",
    "https://evil.example/https://x.com/ferry_watch/status/1500000000000000001",
    # Telegram
    "https://t.me/harbournews",
    "https://t.me/s/harbournews",
    "https://t.me/c/1234567/321",
    "https://t.me/joinchat/321",
    "https://t.me/+AbCdEf",
    "https://t.me/addstickers/321",
    "https://t.me/share/url?url=https://t.me/harbournews/321",
    "https://t.me/harbournews/s/3",
    "https://t.me/1news/321",
    "https://t.me/abc/321",
    "https://t.me/harbournews/0",
    # Bluesky
    "https://bsky.app/profile/ferry.example",
    f"https://bsky.app/profile/ferry.example/feed/{TID}",
    f"https://bsky.app/profile/ferry.example/lists/{TID}",
    f"https://bsky.app/starter-pack/ferry.example/{TID}",
    f"https://bsky.app/profile/ferry/post/{TID}",
    "https://bsky.app/intent/compose?text=x",
    f"https://bsky.app/profile/did:plc:short/post/{TID}",
    f"at://{DID}/app.bsky.feed.like/{TID}",
    f"at://{DID}",
    # Mastodon
    "https://tide.example/@kai",
    "https://tide.example/@kai/with_replies",
    "https://tide.example/@kai/112000000000000001/favourites/x",
    "https://tide.example/statuses/4711",
    "https://tide.example/share?text=/@kai/112000000000000001",
    "https://medium.com/@kai/112000000000000001",
    "https://blog.medium.com/@kai/112000000000000001",
    "https://truthsocial.com/@kai",
    "https://truthsocial.com/@kai/followers",
    "https://www.threads.net/@kai",
    "https://www.threads.com/share/AbCdEf/",
    # Reddit
    "https://www.reddit.com/r/harbour/",
    "https://www.reddit.com/r/harbour/s/AbCdEfGhIj",
    "https://www.reddit.com/user/kai",
    "https://i.redd.it/abc123.jpg",
    "https://www.reddit.com/r/harbour/wiki/index",
    # VK
    "https://vk.com/harbour",
    "https://vk.com/wall-1234",
    "https://vk.com/share.php?url=https://news.example/wall-1_2",
    "https://vk.com/widget_post.php?owner_id=-12",
    "https://www.threads.net/@kai/112000000000000001",
    "https://127.0.0.1/@kai/112000000000000001",
    "https://localhost/@kai/112000000000000001",
    # YouTube
    "https://i.ytimg.com/vi/aB3-_dEfGhI/hqdefault.jpg",
    "https://www.youtube.com/",
    "https://www.youtube.com/@harbour",
    "https://www.youtube.com/@harbour/112000000000000001",
    "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
    "https://www.youtube.com/playlist?list=PLx",
    "https://www.youtube.com/embed/videoseries?list=PLx",
    "https://www.youtube.com/embed/live_stream?channel=UCx",
    "https://www.youtube.com/watch?v=tooshort",
    "https://www.youtube.com/watch?v=aB3-_dEfGhIx",
    "https://www.youtube.com/watch?v=aB3-_dEfGhZ",
    # Instagram
    "https://www.instagram.com/ferry.watch/",
    "https://www.instagram.com/stories/ferry.watch/3100000000000000000/",
    "https://www.instagram.com/p/Bq4/",
    "https://www.instagram.com/explore/p/CxYz01-_abC/",
    "https://www.instagram.com/reels/audio/1020304050607/",
    "https://www.instagram.com/share/p/CxYz01-_abC",
    # Facebook
    "https://www.facebook.com/harbour.news",
    "https://www.facebook.com/sharer/sharer.php?u=https://www.facebook.com/a/posts/1020304050607",
    "https://www.facebook.com/sharer.php?u=https://news.example",
    "https://www.facebook.com/dialog/share?href=https://www.facebook.com/a/posts/1020304050607",
    "https://www.facebook.com/plugins/like.php?href=https://www.facebook.com/a/posts/1020304050607",
    "https://www.facebook.com/hashtag/flood",
    "https://www.facebook.com/profile.php?id=99887766",
    "https://www.facebook.com/ads/library/?id=1020304050607",
    "https://www.facebook.com/share/p/AbCdEf/",
    "https://www.facebook.com/events/create",
    "https://www.facebook.com/events/1020304050607/",
    "https://fb.watch/abcdef/",
    "https://fb.me/abcdef",
    # TikTok
    "https://www.tiktok.com/@ferry.watch",
    "https://www.tiktok.com/@ferry.watch/live",
    "https://www.tiktok.com/@ferry.watch/112000000000000001",
    "https://www.tiktok.com/tag/flood",
    "https://www.tiktok.com/music/song-7200000000000000001",
    "https://www.tiktok.com/@ferry.watch/playlist/x-7200000000000000001",
    "https://vm.tiktok.com/ZMabcdef/",
    "https://www.tiktok.com/t/ZMabcdef/",
    # nobody's
    "",
    "/ferry_watch/status/1500000000000000001",
    "mailto:kai@tide.example",
    "javascript://x.com/ferry_watch/status/1500000000000000001",
    "https://",
    "https://[x.com/a/status/1500000000000000001",
    "https://news.example/2026/05/storm",
    "https://x.com/a/status/1500000000000000001?" + "x" * 5000,
]


def cases():
    for platform, rows in POSTS.items():
        usual = rows[0][1]
        for url, post_id in rows:
            yield platform, url, post_id or usual


@pytest.mark.parametrize(("platform", "url", "post_id"), list(cases()))
def test_url_names_post(platform, url, post_id):
    ref = recognise(url)
    assert ref is not None
    assert (ref.platform, ref.post_id) == (platform, post_id)
    assert ref.key == f"{platform}:{post_id}"


@pytest.mark.parametrize(("platform", "url", "post_id"), list(cases()))
def test_canonical_url_names_the_same_post_and_stays(platform, url, post_id):
    ref = recognise(url)
    again = recognise(ref.url)
    assert (again.platform, again.post_id, again.url) == (platform, post_id, ref.url)


@pytest.mark.parametrize("url", NO_POSTS)
def test_url_names_no_post(url):
    assert recognise(url) is None


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "https://twitter.com/not_the_author/status/1500000000000000001?s=20",
            "https://x.com/i/status/1500000000000000001",
        ),
        ("https://t.me/s/HarbourNews/321", "https://t.me/harbournews/321"),
        ("https://youtu.be/aB3-_dEfGhI?t=3", "https://www.youtube.com/watch?v=aB3-_dEfGhI"),
        (
            "https://www.instagram.com/kai/reel/CxYz01-_abC/?utm_source=ig_embed",
            "https://www.instagram.com/p/CxYz01-_abC/",
        ),
        (
            "https://www.tiktok.com/@kai/photo/7200000000000000001?_r=1",
            "https://www.tiktok.com/@/photo/7200000000000000001",
        ),
        (
            "https://m.facebook.com/story.php?id=99887766&story_fbid=1020304050607&rdid=x",
            "https://www.facebook.com/permalink.php?story_fbid=1020304050607&id=99887766",
        ),
        (
            "https://www.tide.example/users/kai/statuses/112000000000000001",
            "https://tide.example/@kai/112000000000000001",
        ),
    ],
)
def test_canonical_url_holds_no_tracker_and_no_unproved_author(url, canonical):
    assert recognise(url).url == canonical


def test_same_mastodon_number_on_two_servers_is_two_posts():
    one = recognise("https://tide.example/@kai/112000000000000001")
    other = recognise("https://reef.example/@kai/112000000000000001")
    assert one.key != other.key


@pytest.mark.parametrize(
    ("attribute", "value", "context", "key"),
    [
        ("data-tweet-id", "1500000000000000001", "div widget__tweet", "x:1500000000000000001"),
        ("data-tweetid", "1500000000000000001", "amp-twitter", "x:1500000000000000001"),
        ("data-telegram-post", "harbournews/321", "script", "telegram:harbournews/321"),
        ("data-shortcode", "CxYz01-_abC", "amp-instagram", "instagram:CxYz01-_abC"),
        ("data-videoid", "aB3-_dEfGhI", "amp-youtube", "youtube:aB3-_dEfGhI"),
        ("data-video-id", "aB3-_dEfGhI", "div youtube-player", "youtube:aB3-_dEfGhI"),
        (
            "data-video-id",
            "7200000000000000001",
            "blockquote tiktok-embed",
            "tiktok:7200000000000000001",
        ),
        ("data-video-id", "aB3-_dEfGhI", "div brightcove", None),
        ("data-video-id", "7200000000000000001", "div jw-player", None),
        ("data-telegram-discussion", "harbournews/321", "script", None),
    ],
)
def test_bare_id_counts_where_the_element_names_the_platform(attribute, value, context, key):
    ref = everyone().from_field(attribute, value, context)
    assert (ref and ref.key) == key
