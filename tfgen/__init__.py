"""tfgen: a short YAML spec of an AWS Lambda function becomes a plain, reviewable Terraform module."""

__version__ = "0.1.0"
