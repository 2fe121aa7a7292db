"""What platforms answer in each state."""

X = "https://x.com/quay_office/status/2120861186107183105"


SKY = "https://bsky.app/profile/calder.example/post/3mztfskqm7c2l"


TWEET = {
    "__typename": "Tweet",
    "id_str": "2120861186107183105",
    "text": "The lock is shut",
    "user": {"screen_name": "quay_office", "name": "Quay Office", "id_str": "811"},
}


def tombstone(text):
    words = {"text": text, "entities": [{"fromIndex": 0, "toIndex": 4}]}
    return {"__typename": "TweetTombstone", "tombstone": {"text": words}}
