print("fugue")
