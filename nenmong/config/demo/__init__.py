"""The demo: a believable province, built by the same actions as real life, and served.

From `packs/demo` come words and units; `choices` says what is asked for, `marker` what the database
holds, `build` does the work in order.
"""
