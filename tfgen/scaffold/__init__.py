"""What a new function is made of: its name, runtime and triggers → {path: text}.

`wish.py` is what goes in, `spec.py` and `code.py` make the texts; `kinds.py` and `languages.py` are what
these know of triggers and of languages. Nothing here looks at the user's files or writes any.
"""
