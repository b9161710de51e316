"""Tests of the local AWS itself: that it refuses what AWS refuses. `python -m unittest discover --start-directory tests --top-level-directory .`"""
