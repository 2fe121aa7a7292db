"""How a sentence ends, in any script: a mark, behind which quotations and brackets may close."""

_ENDS = frozenset(".!?…。！？।:»”\"'’")
_CLOSINGS = frozenset('"”»’)]')


def ends_sentence(text: str) -> bool:
    """Whether the line `text` ends with a mark that ends sentences, or with one and a closing."""
    text = text.rstrip()
    last = text[-1:]
    return last in _ENDS or (last in _CLOSINGS and text[:-1].rstrip()[-1:] in _ENDS)
