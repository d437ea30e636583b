"""The district server: stores sealed frames per stream and forwards them."""
