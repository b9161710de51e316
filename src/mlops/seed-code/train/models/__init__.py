"""Models of this project, one in each file. `config.json` says which one is trained; README.md says what a file must hold."""
