"""When what is asked again: pure functions of what was seen, and of a clock that is given.

`intervals` paces sources, `rechecks` articles; `standing` says how an article stands after all
looks at it; `urgency` turns age into the frontier's priorities.
"""
