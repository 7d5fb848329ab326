"""Works out insurance contributions that several payers share: what each bears of a year, in which months, and what people
paid in.
"""
