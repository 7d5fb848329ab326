"""Any file a township sends, opened as cells or refused with a reason."""
