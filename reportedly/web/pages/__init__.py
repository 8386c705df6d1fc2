"""The pages: each a dataclass with what its template shows, and the function that makes it of a view. What is shown of a claim is one thing
everywhere (`claim`)."""
