"""YouTube and TikTok: oEmbed, the player's frame, and a wall before TikTok's pages."""

import json
from urllib.parse import parse_qs, urlsplit

from crawler.demo.asking import path_of, query_of
from crawler.demo.delivery import PLAIN, as_json, html, not_found, plain, redirect, script
from crawler.demo.embeds import embed
from crawler.demo.picture import landscape
from crawler.demo.posts import Fate, TikTokVideo, YouTubeVideo
from crawler.demo.server import Answer, Asked
from crawler.demo.uncited import every

_VIDEOS = {video.video_id: video for video in every(YouTubeVideo)}
_TIKTOKS = {video.video_id: video for video in every(TikTokVideo)}


def _youtube(asked: Asked) -> Answer:
    path = path_of(asked)
    if path == "/oembed":
        return _youtube_oembed(query_of(asked).get("url", ""))
    video_id = query_of(asked).get("v") if path == "/watch" else path.removeprefix("/embed/")
    video = _VIDEOS.get(video_id or "")
    if video is None:
        return not_found()
    return html(
        f"<title>{video.title} - YouTube</title><body><div id='player'></div>"
        f"<script>var ytInitialPlayerResponse = {json.dumps(_player(video))};</script></body>\n"
    )


def _player(video: YouTubeVideo) -> dict[str, object]:
    """What the page's own script plays from; of a private film no more than that it is one."""
    if video.fate is Fate.WITHHELD:
        said = "This is a private video. Please sign in to verify that you may see it."
        return {"playabilityStatus": {"status": "LOGIN_REQUIRED", "reason": said}}
    return {
        "playabilityStatus": {"status": "OK", "playableInEmbed": video.fate is Fate.THERE},
        "videoDetails": {
            "videoId": video.video_id,
            "title": video.title,
            "lengthSeconds": "94",
            "channelId": "UCnorthbankdemo0000000000",
            "shortDescription": "Filmed from the north bank.",
            "viewCount": "1523",
            "author": video.channel,
        },
        "microformat": {
            "playerMicroformatRenderer": {
                "publishDate": "2026-11-08T15:30:00-08:00",
                "ownerProfileUrl": f"http://www.youtube.com/@{video.handle}",
            }
        },
    }


def _youtube_oembed(url: str) -> Answer:
    parts = urlsplit(url)
    named = parse_qs(parts.query).get("v", [parts.path.rpartition("/")[2]])
    video = _VIDEOS.get(named[0])
    if video is None:
        return plain("Not Found", status="404 Not Found")
    if video.fate is Fate.PROTECTED:
        return plain("Unauthorized", status="401 Unauthorized")
    if video.fate is Fate.WITHHELD:
        return plain("Forbidden", status="403 Forbidden")
    return as_json(
        {
            "title": video.title,
            "author_name": video.channel,
            "author_url": f"https://www.youtube.com/@{video.handle}",
            "type": "video",
            "height": 113,
            "width": 200,
            "version": "1.0",
            "provider_name": "YouTube",
            "provider_url": "https://www.youtube.com/",
            "thumbnail_height": 360,
            "thumbnail_width": 640,
            "thumbnail_url": f"https://i.ytimg.com/vi/{video.video_id}/hqdefault.png",
            "html": embed(video, language="en", is_old=False),
        }
    )


def _thumbnails(asked: Asked) -> Answer:
    video_id = path_of(asked).removeprefix("/vi/").partition("/")[0]
    if video_id not in _VIDEOS:
        return not_found()
    return PLAIN.send(landscape(video_id), content_type="image/png")


def _tiktok(asked: Asked) -> Answer:
    match path_of(asked):
        case "/robots.txt":
            return not_found()
        case "/embed.js":
            return script()
        case "/oembed":
            return _tiktok_oembed(query_of(asked).get("url", ""))
        case _:
            return html("<p>Please wait while we check your browser.</p>\n", status="403 Forbidden")


def _tiktok_oembed(url: str) -> Answer:
    video = _TIKTOKS.get(urlsplit(url).path.rpartition("/")[2])
    if video is None:
        return as_json({"code": 400, "message": "Something went wrong"}, status="400 Bad Request")
    return as_json(
        {
            "version": "1.0",
            "type": "video",
            "title": video.caption,
            "author_url": f"https://www.tiktok.com/@{video.handle}",
            "author_name": video.name,
            "author_unique_id": video.handle,
            "embed_product_id": video.video_id,
            "embed_type": "video",
            "html": embed(video, language="en", is_old=False),
            "provider_name": "TikTok",
            "provider_url": "https://www.tiktok.com",
        }
    )


HOSTS = {
    "www.youtube.com": _youtube,
    "youtube.com": lambda asked: redirect(f"https://www.youtube.com{asked.path}"),
    "youtu.be": lambda asked: redirect(
        f"https://www.youtube.com/watch?v={path_of(asked)[1:]}", "303 See Other"
    ),
    "i.ytimg.com": _thumbnails,
    "www.tiktok.com": _tiktok,
}
