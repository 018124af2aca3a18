"""The migrations, as numbered SQL files. What is released is never edited."""
