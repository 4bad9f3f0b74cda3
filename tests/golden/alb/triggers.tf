# Made by tfgen from alb.yaml. Change that and render again, not this file.

resource "aws_lb_target_group" "pages" {
  name                               = local.names.pages
  target_type                        = "lambda"
  lambda_multi_value_headers_enabled = true
  tags                               = var.tags

  health_check {
    enabled             = true
    path                = "/health"
    interval            = 60
    timeout             = 20
    healthy_threshold   = 2
    unhealthy_threshold = 3
    matcher             = "200-299"
  }

  # Another name is another target group, and a rule must not be left without one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group_attachment" "pages" {
  target_group_arn = aws_lb_target_group.pages.arn
  target_id        = aws_lambda_function.this.arn

  # The load balancer checks the permission when the function is attached.
  depends_on = [aws_lambda_permission.pages]
}

resource "aws_lb_listener_rule" "pages" {
  listener_arn = var.listener_arn
  priority     = 100
  tags         = var.tags

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.pages.arn
  }

  condition {
    path_pattern {
      values = ["/shop/*", "/offers/*"]
    }
  }

  condition {
    http_request_method {
      values = ["GET", "HEAD"]
    }
  }
}

# The load balancer may invoke the function for this target group alone.
resource "aws_lambda_permission" "pages" {
  statement_id  = "trigger-pages"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.pages.arn
}

resource "aws_lb_target_group" "preview" {
  name        = local.names.preview
  target_type = "lambda"
  tags        = var.tags

  # Another name is another target group, and a rule must not be left without one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group_attachment" "preview" {
  target_group_arn = aws_lb_target_group.preview.arn
  target_id        = aws_lambda_function.this.arn

  # The load balancer checks the permission when the function is attached.
  depends_on = [aws_lambda_permission.preview]
}

resource "aws_lb_listener_rule" "preview" {
  listener_arn = var.listener_arn
  tags         = var.tags

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.preview.arn
  }

  condition {
    host_header {
      values = ["*.preview.${var.domain}"]
    }
  }

  condition {
    http_header {
      http_header_name = "X-Preview"
      values           = ["yes"]
    }
  }

  condition {
    query_string {
      key   = "version"
      value = "beta*"
    }

    query_string {
      value = "preview"
    }
  }

  condition {
    source_ip {
      values = ["10.0.0.0/8"]
    }
  }
}

# The load balancer may invoke the function for this target group alone.
resource "aws_lambda_permission" "preview" {
  statement_id  = "trigger-preview"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.preview.arn
}
