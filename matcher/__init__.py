"""Introductions: profiles in, plan and cards in words out. Pure (see README.md here)."""
