"""Were the suggestions worth it? A finished analysis done again, the machine asked first."""
