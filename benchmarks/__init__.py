"""Speed, as ratios and bars of one run. Each prints lines `name value bound ok|short` and exits 1 if one is short."""
