"""A small provincial portal on this machine: real HTTP, real rules, faults on demand.

It runs in a process of its own. The demonstration and the tests talk to it; nothing else does.
"""
