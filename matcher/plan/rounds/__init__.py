"""Who meets when and where: colouring, repair by CP-SAT, table numbers."""
