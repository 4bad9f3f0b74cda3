# The document's `module.security_groups`: the group that the functions share.

variable "vpc_id" {
  type        = string
  description = "VPC that the group belongs to"
}

resource "aws_security_group" "lambda" {
  name        = "lambda"
  description = "Lambda functions"
  vpc_id      = var.vpc_id
}

output "lambda_sg_id" {
  description = "Id of the functions' security group"
  value       = aws_security_group.lambda.id
}
