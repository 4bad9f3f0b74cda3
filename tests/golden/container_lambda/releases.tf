# Made by tfgen from container_lambda.yaml. Change that and render again, not this file.

# The function's images.
resource "aws_ecr_repository" "this" {
  # checkov:skip=CKV_AWS_51:the document's images are pushed under one tag, and replace one another
  name                 = "ml-inference-lambda"
  image_tag_mutability = "MUTABLE"
  tags                 = local.tags

  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Images that lost their tag, or never had one"
        selection = {
          tagStatus   = "untagged"
          countType   = "sinceImagePushed"
          countUnit   = "days"
          countNumber = 14
        }
        action = { type = "expire" }
      },
    ]
  })
}

# Lambda reads the image for this function and its versions alone. Without this it would write such a statement
# into the repository's policy by itself, where whoever makes the function may do that.
data "aws_iam_policy_document" "ecr_repository" {
  statement {
    sid     = "ReadImages"
    actions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values = [
        "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:${var.function_name}",
        "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:${var.function_name}:*",
      ]
    }
  }
}

resource "aws_ecr_repository_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy     = data.aws_iam_policy_document.ecr_repository.json
}
