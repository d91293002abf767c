"""Whatever is sent to it: no crash, at most 5 CPU seconds and 300 MB an input.

`targets.py` names what reads hostile input, `corpus/TARGET/` keeps inputs that once reached something new.
The suite replays them and a few mutants of each; `python -m tests.fuzz` goes on from there, led by coverage.
"""
