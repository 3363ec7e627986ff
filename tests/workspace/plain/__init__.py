"""An app as Slack's documentation teaches to write one, twice: sync and async. Neither knows anything of this project."""
