# Made by tfgen from ecr_repository.yaml. Change that and render again, not this file.

# The function's images.
resource "aws_ecr_repository" "this" {
  name                 = "ml/inference-api"
  image_tag_mutability = var.image_tag_mutability
  force_delete         = var.is_short_lived
  tags                 = var.tags

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.images_key_arn
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
          countNumber = 7
        }
        action = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "All but the newest images"
        selection = {
          tagStatus      = "tagged"
          tagPatternList = ["*"]
          countType      = "imageCountMoreThan"
          countNumber    = 30
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
