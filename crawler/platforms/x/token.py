"""The token that X's syndication endpoint wants beside a post's id."""

import math

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_RADIX = len(_DIGITS)


def token(post_id: str) -> str:
    """`post_id / 1e15 * π` in base 36, as JavaScript prints it, without its zeros and its point.

    `post_id` is 1 to 19 decimal digits. Source: `Number.prototype.toString` with a radix, which
    ECMAScript leaves to the engine; this is the algorithm of V8 (DoubleToRadixCString).
    """
    value = int(post_id) / 1e15 * math.pi
    whole, fraction = int(value), value % 1
    # Half the distance to the next double: digits beyond it would tell nothing of this one.
    delta = max(0.5 * (math.nextafter(value, math.inf) - value), math.ulp(0.0))
    digits: list[int] = []
    while fraction >= delta:
        fraction *= _RADIX
        delta *= _RADIX
        digit = int(fraction)
        digits.append(digit)
        fraction -= digit
        if (fraction > 0.5 or (fraction == 0.5 and digit & 1)) and fraction + delta > 1:
            whole += _round_up(digits)
            break
    front: list[int] = []
    while whole:
        whole, digit = divmod(whole, _RADIX)
        front.append(digit)
    return "".join(_DIGITS[digit] for digit in (*reversed(front), *digits) if digit)


def _round_up(digits: list[int]) -> int:
    """Add one to the last digit; the carry out of the first, 0 or 1."""
    while digits:
        digits[-1] += 1
        if digits[-1] < _RADIX:
            return 0
        digits.pop()
    return 1
