"""Hard rules: one file each, read once to build a plan and once to check it."""
