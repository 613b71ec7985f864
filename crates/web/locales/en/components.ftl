# The words of components that a page does not give itself.
component-warning = Warning
