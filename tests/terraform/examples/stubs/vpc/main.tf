# The document's `module.vpc`: two private subnets.

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
}

output "vpc_id" {
  description = "Id of the VPC"
  value       = aws_vpc.this.id
}

output "private_subnets" {
  description = "Ids of the private subnets"
  value       = aws_subnet.private[*].id
}
