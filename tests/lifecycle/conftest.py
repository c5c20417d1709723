from __future__ import annotations

from hypothesis import settings

# Laws are about results, not about how long a busy machine takes for them.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
