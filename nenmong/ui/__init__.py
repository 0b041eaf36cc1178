"""Base templates, components, document layouts. No models."""
