# The document's `module.rds`: a small PostgreSQL database.

variable "subnet_ids" {
  type        = list(string)
  description = "Subnets that the database may stand in"
}

resource "aws_db_subnet_group" "this" {
  name       = "reports"
  subnet_ids = var.subnet_ids
}

resource "aws_db_instance" "this" {
  identifier                  = "reports"
  engine                      = "postgres"
  instance_class              = "db.t4g.micro"
  allocated_storage           = 20
  db_name                     = "reports"
  username                    = "reports"
  manage_master_user_password = true
  db_subnet_group_name        = aws_db_subnet_group.this.name
  skip_final_snapshot         = true
}

output "endpoint" {
  description = "Host and port of the database"
  value       = aws_db_instance.this.endpoint
}
