"""Poshtiban's shared package: rules, use cases, storage and the edge of the support desk."""

import gc

# Nearly all that is made while a function starts stays, and looking for garbage in it again and again would be a
# twelfth of the start. What requests leave behind is counted in hundreds, and most of it goes without being looked for.
gc.set_threshold(50_000)
