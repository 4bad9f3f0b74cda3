/* The office's network,
   as it was before   anybody looked after it.
     * and a star = here
*/
locals{
azs=["a","b",   "c"]   # three
    subnets   =  { for i , az in local.azs:az=>cidrsubnet(var.cidr,8,i) }// one each
  by_name={
    "north" : { size=1,  open:true }, south = {size =2,open = false}
      (var.extra):{}
  }

	tabbed = var.a?"yes":"no"
}
resource aws_vpc main {
cidr_block=var.cidr # why not
  enable_dns_support  =true # it is needed
tags=merge(var.tags,{Name="${var.name}"
Owner = "team ${upper( var.team )}"})
    lifecycle { ignore_changes=[ tags["Seen"],] }
}
resource "aws_subnet"    "each"   {
  for_each=local.subnets
       vpc_id=aws_vpc . main . id
  cidr_block=each . value
availability_zone = format("%s%s",data.aws_region.here.id , each.key)

  # a lone comment breaks the columns
  a = 1
  # here
  longer_name = 2

  even_longer_name_still = [
    1, # one
    22,   # twenty-two
    # none
    333 /* more */ , # three hundred
  ]
  b = 3
}
