LANG=fr_FR ./hello | grep -q bonjour
