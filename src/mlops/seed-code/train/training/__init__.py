"""What the project does with data: each module is a step, and runs here as it runs in a SageMaker job."""
