"""Which of the repository is the code of jobs."""

PACKAGES = ("training",)
