"""What every store does alike: a backend's test class inherits StoreContract and says how to open one."""

from store_contract_filing import FilingContract, PresenceContract, SequenceContract
from store_contract_processes import ProcessContract
from store_contract_search import ExportContract, LookupContract, SearchContract


class StoreContract(
    FilingContract, PresenceContract, SequenceContract, LookupContract, SearchContract, ExportContract, ProcessContract
):
    """Needs `open_store`, a static method that a spawned process can import, and `new_place`, a fixture.

    `new_place()` names a place where no store is yet; `open_store(place)` opens the one there or makes it.
    """
