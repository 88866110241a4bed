"""The officer's actions: one file per task, one function per action, one transaction each."""
