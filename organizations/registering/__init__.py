"""What is asked when an organization registers: is it here already, what does the open register say of its number?"""
