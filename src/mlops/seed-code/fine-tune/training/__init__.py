"""The steps: each is a program that runs here and, unchanged, in a SageMaker job."""
