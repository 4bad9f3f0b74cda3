a {}
b   {   }
c "x"{}
d "x" "y" { e=1 }
f {
}
g {

  h = 1


  i "j" {
k=2
    }
  l { m=3 } # one line
  nn { o = "x" } // another
p = 4 # comment
}

# trailing comments
q = 1   # one
rr=22 # two
 sss =333# three

t = 1
# between
uu = 2 # here
v {  # opens
w=1 # in it
} # closes
x=[{
y=1
},{
z=2
}]
dynamic "setting"{
for_each=var.settings
content{
namespace=setting.value["namespace"]
  name = setting.value ["name"]
value=setting.value["value"]
}
}
