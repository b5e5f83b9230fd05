"""What no plan can exceed: the aims as limits, the flow, and crowds that pay a toll."""
