"""What the dashboard shows besides the map, and the component that mounts the map."""
