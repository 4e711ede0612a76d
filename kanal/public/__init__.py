"""What citizens see: is this account real?"""
