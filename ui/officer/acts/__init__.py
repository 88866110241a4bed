"""What an officer does to a dossier after its reception: a menu of acts and a form for each."""
