"""SQL: the model as tables, for every dialect the same.

`schema` says what there is, `dialects` how a database writes it, `rows` what a record
becomes; `sqlite` loads a file.
"""
