"""Settings: the one place that reads the environment, a file for each subject.

Without any of it the embedded default runs: SQLite and mail as files under `var/`, tasks in the same process.
`docs/operating.md` lists each variable with its meaning and default.
"""

from portal.settings.audit import *
from portal.settings.data import *
from portal.settings.environment import *
from portal.settings.files import *
from portal.settings.insight import *
from portal.settings.languages import *
from portal.settings.listings import *
from portal.settings.mail import *
from portal.settings.parts import *
from portal.settings.people import *
from portal.settings.running import *
from portal.settings.safety import *
from portal.settings.tasks import *
