"""Pure rules of scoring: forms as data, how they are read, checked, scored and explained."""
