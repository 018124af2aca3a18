"""From a log of touches and acts to a lead, under the criteria in force; and what credit its touches get."""
