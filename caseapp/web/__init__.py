"""The pages: one package per audience, one module per noun."""
