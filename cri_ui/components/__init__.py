"""Parts that pages share: filters, charts' frames, tables, labels, and downloads."""
