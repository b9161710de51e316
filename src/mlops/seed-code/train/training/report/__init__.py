"""The evaluation as people and SageMaker read it: a page, a model card, and metrics for the registry. Nothing here is edited for a model."""
