"""How a sentence ends, in any script: a mark, or the end of a quotation, and brackets behind."""

_ENDS = frozenset(".!?…。！？।:»”\"'’")
_BRACKETS = frozenset(")]")


def ends_sentence(text: str) -> bool:
    """Whether the line `text` ends with a mark that ends sentences, or with one and a bracket."""
    text = text.rstrip()
    last = text[-1:]
    return last in _ENDS or (last in _BRACKETS and text[:-1].rstrip()[-1:] in _ENDS)
