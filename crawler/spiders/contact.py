"""Spiders whose user agent says whom a site's owner can reach."""

from scrapy import Spider
from scrapy.settings import BaseSettings

from crawler.settings import user_agent


class ContactSpider(Spider):
    """Puts `DATELINE_CONTACT`, where that is set, into the user agent."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """As Scrapy's, and the user agent."""
        super().update_settings(settings)
        if contact := settings.get("DATELINE_CONTACT"):
            settings.set("USER_AGENT", user_agent(str(contact)), priority="spider")
