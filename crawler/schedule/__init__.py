"""When what is asked again: pure functions of what was seen, and of a clock that is given.

`intervals` paces sources, `rechecks` articles and posts; `due` says when the next run begins;
`urgency` turns age into the frontier's priorities.
"""
