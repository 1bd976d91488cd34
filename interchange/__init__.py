"""Files of other programs: formats that are read and written, imports and exports, and the sample world."""
