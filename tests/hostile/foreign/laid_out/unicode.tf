locals {
  größe      = 1
  naïve_name = 2    # é
  名前         = "日本" # two
  x          = "😀"  # one
  yy         = "👩‍👧"  # a family
  zzz        = "e̋"  # a letter and its mark
  flag       = "🇩🇪"  # a country
}
locals {
  map = {
    "é"             = 1
    "plain"         = 2
    "e̋"             = 3
    "日"             = 4
    "long key here" = 5
  }
}
