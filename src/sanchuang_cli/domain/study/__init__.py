"""What members studied: attendance sheets turned into hours, and what a document asks of each class of members."""
