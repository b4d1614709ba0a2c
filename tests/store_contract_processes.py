"""Many threads and processes at one store, and the end of a process at any moment."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

from store_samples import (
    ALL,
    IDS,
    KEY_TEXT,
    RUN,
    SPAWN,
    START,
    StoreFixtures,
    at,
    check_whole,
    file,
    file_in_child,
    file_until_killed,
    killed_url,
    match,
)

from pipelines.storing.base import SightingQuery


class ProcessContract(StoreFixtures):
    def test_threads_file_through_one_store(self, store):
        def work(number):
            file(store, match(f"shared {number % 10}", minutes=number % 10), f"shared {number % 10}")
            own = f"https://paste.example/own/{number}"
            file(store, match(f"own {number}", url=own), f"own {number}")
            return store.sighting(IDS.sighting(own)).id

        with ThreadPoolExecutor(8) as threads:
            assert len(set(threads.map(work, range(80)))) == 80
        assert len(list(store.visits(RUN.id))) == 90
        assert len(list(store.sightings(ALL))) == 81
        check_whole(store)

    def test_processes_that_file_the_same_and_other_things_at_once_lose_nothing(self, place):
        names, count = ("anna", "ben", "cleo", "dan"), 25
        children = [
            SPAWN.Process(target=file_in_child, args=(self.open_store, place, KEY_TEXT, name, count)) for name in names
        ]
        for child in children:
            child.start()
        for child in children:
            child.join(120)
        assert [child.exitcode for child in children] == [0] * len(names)
        with self.open_store(place) as store:
            check_whole(store)
            visits = list(store.visits(RUN.id))
            assert [visit.sequence for visit in visits] == list(range(1, count * (len(names) + 1) + 1))
            shared = store.sighting(IDS.sighting("https://paste.example/shared"))
            assert (shared.versions, len(store.events(shared.id))) == (count, count)
            assert (shared.first_seen, shared.last_seen) == (START, at(count - 1))
            for name in names:
                own = list(store.sightings(SightingQuery(domain=f"{name}.example")))
                assert sum(found.versions for found in own) == count

    def test_what_was_filed_survives_the_kill_of_its_process_at_any_moment(self, place):
        chooser = random.Random(11)
        with self.open_store(place) as store:
            store.start_run(RUN)
        filed = {}
        for name in ("anna", "ben", "cleo", "dan", "eva", "finn"):
            receiver, sender = SPAWN.Pipe(duplex=False)
            child = SPAWN.Process(target=file_until_killed, args=(self.open_store, place, KEY_TEXT, name, sender))
            child.start()
            sender.close()
            numbers = [int(receiver.recv_bytes()) for _ in range(chooser.randint(1, 40))]
            time.sleep(chooser.random() * 0.01)
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            filed[name] = numbers + _drained(receiver)
        with self.open_store(place) as store:
            check_whole(store)
            kept = [visit.digest for visit in store.visits(RUN.id)]
            for name, numbers in filed.items():
                assert numbers == list(range(len(numbers)))
                for number in numbers:
                    digest = IDS.digest(f"{name} {number}".encode())
                    assert digest in kept
                    versions = store.versions(IDS.sighting(killed_url(number)))
                    assert digest in [version.digest for version in versions]
            # At most one filing of each child was done but not yet reported.
            total = sum(map(len, filed.values()))
            assert total <= len(kept) <= total + len(filed)
            assert len(set(kept)) == len(kept) == sum(found.versions for found in store.sightings(ALL))


def _drained(receiver):
    numbers = []
    try:
        while True:
            numbers.append(int(receiver.recv_bytes()))
    except (EOFError, OSError):
        return numbers
    finally:
        receiver.close()
