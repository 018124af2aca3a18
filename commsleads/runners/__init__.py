"""Who runs the jobs: `local` in this process. `once` runs them in its own call and needs no runner."""
