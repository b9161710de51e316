"""The SageMaker pipeline of the project. Needs Python and the AWS CLI alone: a build may not reach a package index."""
