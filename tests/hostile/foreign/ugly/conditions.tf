variable "size" {
type=number
  description="How \"large\" it is, ${"$"}{not} code %%{nor} $${this}"
validation {
condition=var.size>0&&var.size<=10||var.size==-1
error_message="The size is 1 to 10, or -1: ${ var.size } is not."
}
}
locals {
  chosen = (
var.size>5
      ? "large"
:var.size > 2 ? "medium"
    : "small"
  )
  nested = var.a ? {
b = 1
  } : {
c = 2
  }
negative=-var.size
  difference=var.size-1
  difference2=var.size - 1
  product = var.size*-2+ - 3
not=! var.enabled&&!(var.other||false)
  splat=var.list[ * ].id
  old = var.list . * . id
index=var.list [0] [ "a" ]
  odd = "a" [0]
  ellipsis = merge(local.maps...)
  ellipsis2 = { for k,v in var.m:k=>v... if v!=null }
called=provider::aws::arn_parse(var.arn) . account
  empty = {}
empty2 = [ ]
  empty3 = f( )
  heavy = f(
    1,2,
  g(3,[4,
5]), {
a = 6
}
)
}
