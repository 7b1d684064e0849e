"""What a person sees: pages, components and the texts between them. Streamlit lives only here."""
