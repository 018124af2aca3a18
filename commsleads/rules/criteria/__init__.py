"""The written criteria held against themselves, told in sentences, and compared with others."""
