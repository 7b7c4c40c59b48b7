"""A sheet that editors drew up is taken over by the organisation whose solution it is, once they agree."""
