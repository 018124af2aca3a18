# The words of the digest. What stands in braces is put in by the program; see docs/translating.md.

# --- 0 subject and status ---------------------------------------------------------------------------------------

digest-kind = { $unit ->
    [day] Daily digest
    [month] Monthly digest
   *[week] Weekly digest
}
