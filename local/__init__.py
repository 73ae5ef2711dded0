"""The local stack: `template.yaml` deployed to an AWS emulator on this machine (`make run`, and the e2e tests)."""
