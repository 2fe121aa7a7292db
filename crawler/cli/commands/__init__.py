"""The commands: what each takes on its command line, what it calls, what it prints.

Each module has `register`, which adds its commands to the parser; `crawler/cli/command.py` lists
which module has which. `probing` and `health_hook` are the halves of `sources` and of the watching
commands that go over the wire or start a program.
"""
