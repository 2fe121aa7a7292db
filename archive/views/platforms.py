"""The platforms, as people write their names."""

_NAMES = {
    "x": "X",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "vk": "VK",
    "truthsocial": "Truth Social",
}


def platform_name(platform: str) -> str:
    """`x` as `X`, `telegram` as `Telegram`."""
    return _NAMES.get(platform, platform.capitalize())
