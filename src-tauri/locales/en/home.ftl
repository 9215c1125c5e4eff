# The first screen of a workspace.

home-attention = Needs attention today
home-quiet = Nothing needs you today.
home-quarter = { $quarter } at a glance
home-open-economics = Open unit economics
home-empty-title = Start with a month of usage
home-empty-text = Import a usage file from your gateway or provider, then add the vendors and contracts behind it. Spend, unit costs and deadlines follow from there.
