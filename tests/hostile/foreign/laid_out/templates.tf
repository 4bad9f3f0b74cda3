locals {
  one    = var.a
  two    = "${var.a}${var.b}"
  three  = f("x", "${var.c} y")
  four   = "%{if var.a}yes%{else}no%{endif}"
  five   = "%{for x in var.list~}${x}, %{endfor~}"
  six    = "a # b // c /* d */ = { ["
  seven  = { a = 1 }
  eight  = [1, 2][0]
  nine   = "\"${var.a}\" \\ \n \u00e9"
  list   = ["${var.a}", "${var.a}-x"]
  object = { a = "${var.a}" }
  called = f("${var.a}")
  ten = "${
    var.a ? "x" : "y"
  } and more"
  eleven   = "~${~var.a~}~"
  twelve   = "$"           # a sign
  thirteen = "$$${var.a}%" # signs
}
output "x" { value = aws_x.y.id }
