"""Events and people as organizers know them: files in, files out, one database."""
