"""Playbooks: what an analyst writes in YAML to teach the engine a subject. Authoring only: matching is in `understanding`."""

from reportedly.playbooks.load import SHIPPED, find_playbook, load_playbook, stamp

__all__ = ["SHIPPED", "find_playbook", "load_playbook", "stamp"]
