"""`pulumi-victorops audit`: what the deletions of a plan would meet and take along, before they happen.

`plan` reads what `pulumi preview --json` prints, `afterwards` is the org as the plan leaves it, and `people` and
`outcomes` say what becomes of each deletion. Nothing is written.
"""
