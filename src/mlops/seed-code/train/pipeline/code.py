"""Which of the repository is the code of jobs."""

PACKAGE = "training"
