"""Pictures of charts, drawn by the Chromium of the server."""
