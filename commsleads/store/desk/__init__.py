"""The press desk's tables: enquiries, people outside, answers, lines, coverage, and how an enquiry stood on a day."""
