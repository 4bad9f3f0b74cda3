# One root that holds all seven usage examples of the reference document. The test puts the modules they
# call at ./modules/<label>. No key here is real: the plan asks an emulated AWS for the account's number.

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region     = "us-east-1"
  access_key = "fake"
  secret_key = "fake"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
