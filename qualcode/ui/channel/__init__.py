"""The direct channel: what a window asks of the server while its page does not run.

A key press is saved, a sheet turned, a reduction looked up in a few tens of milliseconds: the
browser's ``fetch`` comes to a route of the same server and meets the workbench there, without a
run of the page. ``desks`` knows which window asks, ``routes`` lets in what may come in, ``verbs``
names what can be asked.
"""

from qualcode.ui.channel.desks import Desk, open_desk
from qualcode.ui.channel.routes import path, routes

__all__ = ["Desk", "open_desk", "path", "routes"]
