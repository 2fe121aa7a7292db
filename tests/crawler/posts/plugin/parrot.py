"""A platform of a third party, added by an entry point: it says what the world tells it to.

Its API answers JSON: the fields of `PostAnswer`, and `facts` as those of `PostFacts`.
"""

import json
import re
from dataclasses import dataclass

from archive import PostAnswer, PostAuthor, PostFacts, PostPointer, PostState
from crawler.platforms.reference import PostRef
from crawler.platforms.rung import Ask, Grade

name = "parrot"
marks = frozenset({"parrot.example"})
words = frozenset()


def recognise(address):
    match address.segments:
        case ("p", post_id):
            return from_id(post_id)
        case _:
            return None


def from_id(text):
    if not re.fullmatch("[a-z0-9-]+", text):
        return None
    return PostRef(platform=name, post_id=text, url=f"https://parrot.example/p/{text}")


def id_instant(_post_id):
    return None


@dataclass(frozen=True)
class ParrotRung:
    name: str
    host: str
    grade: Grade = Grade.API
    why_off: str | None = None
    method: str = "GET"

    def ask(self, ref, before):
        said = "+".join(f"{answer.rung}={answer.state}" for answer in before)
        return Ask(
            url=f"https://{self.host}/{ref.post_id}?before={said}",
            method=self.method,
            headers={"Accept": "application/json"},
        )

    def read(self, ref, answered):
        def told(state, **fields):
            return PostAnswer(
                platform=name,
                post_id=ref.post_id,
                url=ref.url,
                rung=self.name,
                grade=self.grade,
                state=state,
                **fields,
            )

        if answered.status == 403:
            return told(PostState.BLOCKED_BOT, reason="HTTP 403")
        if answered.status == 429:
            return told(PostState.RATE_LIMITED, reason="HTTP 429")
        if answered.status >= 500:
            return told(PostState.TRANSIENT, reason=f"HTTP {answered.status}")
        if answered.status >= 300:
            return told(PostState.PARSE_ERROR, reason=f"HTTP {answered.status}")
        said = json.loads(answered.body)
        facts = said.pop("facts", None)
        if facts is not None:
            facts = PostFacts(
                author=PostAuthor(handle=facts.get("handle"), name="Polly"),
                text=facts["text"],
                pointers=tuple(
                    PostPointer(
                        relation="quoted",
                        platform=name,
                        post_id=post_id,
                        url=f"https://parrot.example/p/{post_id}",
                    )
                    for post_id in facts.get("quotes", ())
                ),
                metrics={"likes": 5},
            )
        state = PostState(said.pop("state", "ok"))
        return told(
            state, facts=facts, same_as=tuple(said.pop("same_as", ())), reason=said.get("reason")
        )


rungs = (
    ParrotRung("api", "api.parrot.example"),
    ParrotRung("embed", "embed.parrot.example", Grade.EMBED),
    ParrotRung(
        "mirror", "mirror.parrot.example", Grade.THIRD_PARTY_MIRROR, "a third party's", "POST"
    ),
)
