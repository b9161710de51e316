"""Builds the image of this repository, tests it and pushes it."""
