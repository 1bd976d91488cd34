"""The application that runs: settings, commands, endpoints, processes, and the embedded stores."""
