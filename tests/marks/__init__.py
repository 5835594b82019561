"""How much of what WordPress shows is in our Markdown: the marks, measured.

Beside eight of the real exports lies what a real WordPress makes of each post. Here the
Markdown of each is rendered by a parser that is not ours, and both are read by the code
of `wxr.verification` and compared. To see each mark, and every post that differs with
the first difference:

    python -m tests.marks                  # all eight
    python -m tests.marks wp-64-block      # those whose name holds this
    python -m tests.marks --post SLUG      # one post: its Markdown, and all differences

`shown.py` lists what WordPress shows that no export holds, each with its reason;
`tests/markdown/test_marks.py` holds the floors, and the posts that are known to differ.
"""
