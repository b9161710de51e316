"""Tests an endpoint with the sample that its version brought along. Needs Python and the AWS CLI alone."""
