; not a zone
