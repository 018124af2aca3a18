"""Link services: what their counters show and, where they keep them, single clicks."""
